/**
 * A program of its own, since ESLint's configuration and Nx's plug-in do not load inside Jest: lints the texts that it reads from standard input as if
 * they stood in the repository, and writes what it found. Node runs this file as it stands, so it uses only types that can be stripped.
 */
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import type { LintAnswer, LintRequest } from './planted-text.js';

const { workspace, texts } = JSON.parse(await text(process.stdin)) as LintRequest;
const { boundaries } = (await import(`${workspace}/eslint.config.mjs`)) as Pick<LintAnswer, 'boundaries'>;
const eslint = new ESLint({ cwd: workspace });
const found: (readonly string[])[] = [];
for (const { file, code } of texts) {
  const results = await eslint.lintText(code, { filePath: `${workspace}/${file}` });
  found.push(results.flatMap(({ messages }) => messages.map(({ ruleId, messageId, message }) => `${ruleId} (${messageId}): ${message}`)));
}
process.stdout.write(JSON.stringify({ boundaries, found } satisfies LintAnswer));
