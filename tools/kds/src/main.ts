import { Command } from 'commander';
import { upCommand } from './up/up.command.js';

const program = new Command('kds').description('Keeps online shops in step between KeyCRM and Dilovod').addCommand(upCommand());

process.stdout.on('error', () => undefined); // whoever read our output has gone; what we run goes on
await program.parseAsync();
