import { runKds } from './program.js';
import { thisMachine } from './this-machine.js';

process.stdout.on('error', () => undefined); // whoever read our output has gone; what we run goes on
const exitCode = await runKds(process.argv.slice(2), thisMachine());
if (exitCode !== 0) process.exitCode = exitCode;
