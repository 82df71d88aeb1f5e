import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { eventConsumer } from '@kds/contracts';
import { Bus, JetStreamServer } from '@kds/messaging';
import { createLogger, endOnBug, NestLogger, startTraces } from '@kds/observability';
import { openDatabase } from '@kds/persistence';
import { openTenantSource } from '@kds/tenancy';
import { AppModule } from './app.module.js';
import { type Config, readConfig } from './config.js';
import { Jobs } from './jobs.js';
import { OrchestratorMetrics } from './measure-ledger/orchestrator-metrics.js';
import { watchLedger } from './measure-ledger/watch-ledger.js';
import { migrations } from './migrations/index.js';

const firstLogger = createLogger({ service: 'sync-orchestrator', level: 'info' });
endOnBug(firstLogger);
const config = configOrEnd();
const logger = createLogger({ service: 'sync-orchestrator', level: config.logLevel });
for (const remark of config.remarks) logger.warn(remark);
const stopTraces = await startTraces({ on: config.traces, service: 'sync-orchestrator', version: config.version });

const { source, objects } = await openTenantSource({ place: config.tenants, secrets: 'left-alone', allowedHosts: config.allowedHosts, log: logger });
const [database, bus] = await Promise.all([
  openDatabase({ url: config.databaseUrl, migrations, applicationName: 'sync-orchestrator' }),
  Bus.connect({ url: config.natsUrl, name: 'sync-orchestrator', onChanged: (change) => logger.info({ change }, 'the bus is brought to what is declared') }),
  source.start(),
]);
const metrics = new OrchestratorMetrics({ version: config.version, lastTenantLook: () => source.lastLook() });
watchLedger({ metrics, database, bus, findTenant: (name) => source.find(name)?.spec, logger });

const app = await NestFactory.create<NestFastifyApplication>(AppModule.with({ database, bus, source, objects, logger, metrics }), new FastifyAdapter(), { logger: new NestLogger(logger) });
const consumers = { outcome: eventConsumer('outcome'), 'order-hint': eventConsumer('orderHint'), 'dilovod-hint': eventConsumer('dilovodHint'), 'key-change': eventConsumer('keyChange') };
app.connectMicroservice<MicroserviceOptions>({ strategy: new JetStreamServer({ bus, consumers, concurrency: 8, onSettled: metrics.messageSettled }) });
await app.startAllMicroservices();
await app.listen(config.httpPort, config.httpHost);
logger.info({ url: await app.getUrl() }, 'listening');

function configOrEnd(): Config {
  try {
    return readConfig();
  } catch (error) {
    firstLogger.fatal({ err: error }, `cannot start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

async function stop(): Promise<void> {
  await app.get(Jobs).stop();
  await app.close();
  await source.close();
  await bus.close();
  await database.destroy();
  await stopTraces();
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
