import { readConfig } from './config.js';
import { startKeycrmSimulator } from './simulator.js';

const simulator = await startKeycrmSimulator(readConfig());
process.stdout.write(`${JSON.stringify({ baseUrl: simulator.baseUrl, controlUrl: simulator.controlUrl })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
