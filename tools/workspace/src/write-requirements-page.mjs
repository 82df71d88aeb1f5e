import { writeFileSync } from 'node:fs';
import { findGaps, findProofs, PAGE, requirementsPage } from './requirements-page.mjs';

/** Writes the page of requirements anew; the exit code tells whether every requirement that must have a test has one. */
export function writeRequirementsPage(workspace) {
  const proofs = findProofs(workspace.root);
  writeFileSync(workspace.path(PAGE), requirementsPage(proofs));
  const { unproved, unknown } = findGaps(proofs);
  console.log(`${PAGE}: ${proofs.length} tests and blocks name a requirement.`);
  if (unproved.length > 0) console.log(`Without a test: ${unproved.join(', ')}`);
  if (unknown.length > 0) console.log(`No requirement: ${unknown.join(', ')}`);
  return unproved.length + unknown.length === 0 ? 0 : 1;
}
