import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { prometheusPrograms } from '@kds/embedded';
import { itUnless } from '@kds/testing';
import { readRules, rulesPath } from './rule-file.js';
import { scenarios } from './scenarios.js';
import { toPromtoolTests } from './to-promtool-tests.js';

const run = promisify(execFile);
const workspace = join(import.meta.dirname, '..', '..', '..');
const alerts = readRules().flatMap((rule) => (rule.alert === undefined ? [] : [{ ...rule, alert: rule.alert }]));
const programs = await prometheusPrograms(process.env);
const itWithPromtool = itUnless(typeof programs === 'string' ? programs : undefined);

async function promtool(...args: readonly string[]): Promise<string> {
  if (typeof programs === 'string') throw new Error(programs);
  const folder = mkdtempSync(join(tmpdir(), 'kds-promtool-'));
  try {
    return (await run(programs.promtool, args, { cwd: folder })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${stdout}\n${stderr}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

itWithPromtool('Prometheus understands the rules', async () => {
  expect(await promtool('check', 'rules', rulesPath)).toContain('SUCCESS');
});

itWithPromtool(`each of ${scenarios.length} scenarios raises exactly the alarms that it should`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kds-scenarios-'));
  const file = join(folder, 'scenarios.yaml');
  writeFileSync(file, toPromtoolTests(rulesPath, scenarios));
  try {
    expect(await promtool('test', 'rules', file)).toContain('SUCCESS');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 180_000);

describe.each(alerts)('$alert', ({ alert, labels, annotations = {} }) => {
  const moments = scenarios.flatMap(({ firing }) => Object.values(firing)) as readonly Readonly<Record<string, number>>[];

  it('fires in some scenario and not in others', () => {
    if (alert === 'KdsWatchdog') return; // fires in all of them, and each says so
    expect(moments.filter((firing) => alert in firing).length).toBeGreaterThan(0);
    expect(moments.filter((firing) => !(alert in firing)).length).toBeGreaterThan(0);
  });

  it('says what happened, how bad it is and where the runbook is', () => {
    expect(Object.keys(annotations).sort()).toEqual(['description', 'runbook_url', 'summary']);
    expect(['page', 'ticket', 'none']).toContain(labels?.['severity']);
    expect(annotations['runbook_url']).toBe(`docs/runbooks/${alert}.md`);
    expect(existsSync(join(workspace, annotations['runbook_url'] ?? ''))).toBe(true);
  });

  it('has a runbook with symptoms, commands, causes and what to do', () => {
    const text = readFileSync(join(workspace, 'docs', 'runbooks', `${alert}.md`), 'utf8');
    expect([...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading)).toEqual([alert, 'Symptoms', 'Look', 'Causes', 'Do']);
    expect(text).toMatch(/```sh\n[^`]*(\.\/kds|kubectl) /);
  });
});

it('no runbook is left over', () => {
  const runbooks = readdirSync(join(workspace, 'docs', 'runbooks')).filter((file) => file !== 'README.md');
  expect(runbooks.map((file) => basename(file, '.md')).sort()).toEqual(alerts.map(({ alert }) => alert).sort());
});
