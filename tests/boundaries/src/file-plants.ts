import type { Plant } from './planted-text.js';

const domainFile = 'libs/sync-domain/src/orders/planted.ts';
const outerFile = 'apps/sync-orchestrator/src/planted.ts';
const ofMoment = 'export const of = (now: Date) => now.getTime();';

function inDomain(what: string, bad: string, caughtBy: string, good = ofMoment): Plant {
  return { what: `${what} in the domain`, file: domainFile, bad, good, caughtBy };
}

const globals = ['process.pid', "fetch('https://example.com')", 'setTimeout(() => 0, 1)', 'setInterval(() => 0, 1)', 'performance.now()', 'crypto.randomUUID()', 'console.log(1)'];
const noGlobal = 'no-restricted-globals (customMessage)';
const noImport = 'no-restricted-imports (patternWithCustomMessage)';
const noSyntax = 'no-restricted-syntax (restrictedSyntax)';

/** What no file of the domain does: look at a clock, draw lots, touch the world, wait. */
export const purityPlants: readonly Plant[] = [
  ...globals.map((code) => inDomain(code.replace(/\(.*/, ''), `export const planted = ${code};`, noGlobal)),
  inDomain('Date.now', 'export const planted = Date.now();', 'no-restricted-properties (restrictedObjectProperty)'),
  inDomain('Math.random', 'export const planted = Math.random();', 'no-restricted-properties (restrictedObjectProperty)', 'export const planted = Math.max(1, 2);'),
  inDomain('new Date()', 'export const planted = new Date();', noSyntax, 'export const planted = new Date(0);'),
  inDomain('a file system', "import 'node:fs';", noImport, "import './order.js';"),
  inDomain('a file system by its short name', "import 'fs';", noImport, "import './order.js';"),
  inDomain('an async function', 'export async function planted() { return 1; }', noSyntax, 'export function planted() { return 1; }'),
  inDomain('an async arrow', 'export const planted = async () => 1;', noSyntax, 'export const planted = () => 1;'),
  { what: 'Date.now in the kernel', file: 'libs/kernel/src/planted.ts', bad: 'export const planted = Date.now();', good: ofMoment, caughtBy: 'no-restricted-properties (restrictedObjectProperty)' },
];

/** What no file does at all. */
export const stylePlants: readonly Plant[] = [domainFile, outerFile].flatMap((file) => [
  { what: `a default export in ${file}`, file, bad: 'export default 1;', good: 'export const planted = 1;', caughtBy: noSyntax },
  { what: `an enum in ${file}`, file, bad: 'export enum Planted { One }', good: "export type Planted = 'one';", caughtBy: noSyntax },
  { what: `a text that is cut at a unit in ${file}`, file, bad: 'export const planted = (message: string) => message.slice(0, 300);', good: 'export const planted = (goods: readonly string[]) => goods.slice(0, 300);', caughtBy: noSyntax },
  { what: `a text of something that is cut at a unit in ${file}`, file, bad: 'export const planted = (held: { message: string }) => held.message.substring(0, 300);', good: 'export const planted = (message: string) => message.slice(1);', caughtBy: noSyntax },
]);
