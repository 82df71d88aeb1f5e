import { readConfig } from './config.js';
import { startDilovodSimulator } from './simulator.js';

const simulator = await startDilovodSimulator(readConfig());
process.stdout.write(`${JSON.stringify({ msg: 'ready', baseUrl: simulator.baseUrl, controlUrl: simulator.controlUrl })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void simulator.close());
