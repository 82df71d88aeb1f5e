import 'reflect-metadata';
import { serveUntilSignalled } from '@kds/gateway';
import { readConfig } from './config.js';
import { startDilovodGateway } from './start-dilovod-gateway.js';

await serveUntilSignalled('dilovod-gateway', async () => startDilovodGateway(readConfig()));
