import 'reflect-metadata';
import { serveUntilSignalled } from '@kds/gateway';
import { readConfig } from './config.js';
import { startKeycrmGateway } from './start-keycrm-gateway.js';

await serveUntilSignalled('keycrm-gateway', async () => startKeycrmGateway(readConfig()));
