import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { commandConsumer, type System } from '@kds/contracts';
import { Bus, JetStreamServer } from '@kds/messaging';
import { createLogger, NestLogger, startTraces } from '@kds/observability';
import { openTenantSource } from '@kds/tenancy';
import type { GatewayConfig } from './gateway-config.js';
import { GatewayMetrics } from './gateway-metrics.js';
import type { GatewayParts } from './gateway-parts.js';
import { type Farewell, GatewayModule } from './gateway.module.js';
import { createHttpAdapter } from './http-adapter.js';
import { InHand } from './in-hand.js';
import { TenantAccounts } from './tenant-accounts.js';

/** How long work in hand may go on once the service is told to end. */
const finishWithinMs = 8_000;

export interface GatewayPlan {
  readonly service: string;
  readonly system: System;
  readonly config: GatewayConfig;
  /** The gateway's own use cases, with what they hold open. */
  readonly compose: (parts: GatewayParts) => { readonly module: DynamicModule; readonly close: () => Promise<void> };
}

/** A gateway that answers HTTP and takes commands. Nest's application ends it in order. */
export interface RunningGateway {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly log: GatewayParts['log'];
}

/** Connects to the bus, looks for tenants, and starts Nest. Rejects when NATS cannot be reached or the port is taken. */
export async function startGateway({ service, system, config, compose }: GatewayPlan): Promise<RunningGateway> {
  const log = createLogger({ service, level: config.logLevel });
  for (const remark of config.remarks ?? []) log.warn(remark);
  const stopTraces = await startTraces({ on: config.traces, service, version: config.version });
  const bus = await Bus.connect({ url: config.natsUrl, name: service, onChanged: (change) => log.info({ change }, 'the bus is brought to what is declared') });
  const { source: tenants } = await openTenantSource({ place: config.tenants, secrets: 'followed', allowedHosts: config.allowedHosts, log });
  await tenants.start();
  const stopping = new AbortController();
  const metrics = new GatewayMetrics({ service, system, version: config.version, lastTenantLook: () => tenants.lastLook(), isKnown: (name) => tenants.find(name) !== undefined });
  tenants.onChange((change) => {
    if (change.kind === 'removed') void metrics.forgetTenant(change.name);
  });
  new TenantAccounts({ system, tenants, pools: config.pools, bus, log }).start();
  const inHand = new InHand();
  inHand.answerOn(bus, system);
  const parts: GatewayParts = { system, bus, tenants, metrics, inHand, log, stopping: stopping.signal };
  const { module, close } = compose(parts);
  const servers = config.pools.map((pool) => new JetStreamServer({ bus, consumers: { command: commandConsumer(system, pool) }, concurrency: config.concurrency, onSettled: metrics.messageSettled }));
  const farewell: Farewell = {
    finishWork: () => finishWork(servers, stopping),
    async letGo() {
      await Promise.all([close(), tenants.close()]);
      await bus.close();
      await stopTraces();
    },
  };
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.around(module, parts, farewell), createHttpAdapter(parts.metrics), {
    logger: new NestLogger(log),
    bodyParser: false,
    abortOnError: false,
  });
  for (const strategy of servers) app.connectMicroservice({ strategy });
  await app.startAllMicroservices();
  await app.listen(config.httpPort, config.httpHost);
  const url = await app.getUrl();
  log.info({ url }, 'listening');
  return { app, url, log };
}

async function finishWork(servers: readonly JetStreamServer[], stopping: AbortController): Promise<void> {
  const patience = setTimeout(() => stopping.abort(), finishWithinMs);
  await Promise.all(servers.map((server) => server.close()));
  clearTimeout(patience);
}
