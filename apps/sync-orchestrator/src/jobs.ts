import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@kds/observability';
import type { Bus } from '@kds/messaging';
import type { DataSource } from 'typeorm';
import { agreeLimits } from './accounts/agree-limits.js';
import { judgeFirms } from './accounts/judge-firms.js';
import { learnAccounts } from './accounts/learn-accounts.job.js';
import { raiseLimits } from './accounts/raise-limits.job.js';
import { carryOutVerbs } from './carry-out-verbs/carry-out-verbs.job.js';
import { dispatchCommands } from './dispatch-commands/dispatch-commands.job.js';
import { prepareCommand } from './dispatch-commands/prepare-command.js';
import { finishDeletions } from './finish-deletion/finish-deletion.job.js';
import { saveTenants } from './follow-tenants/save-tenants.js';
import type { OrchestratorMetrics } from './measure-ledger/orchestrator-metrics.js';
import { recheckHeldOrders, tidyLedger } from './recheck-held/recheck-held.job.js';
import { RepeatingJob } from './repeating-job.js';
import { reportStatus } from './report-status/report-status.job.js';
import { runNextSchedule } from './run-schedules/run-schedules.job.js';
import { askInHand } from './settle-command/ask-in-hand.js';
import { endForgottenAttempts, expireLeases, type LossWitnesses } from './settle-command/expire-leases.js';
import { PassedOver } from './sync-order/passed-over.js';
import { syncNextOrder } from './sync-order/sync-order.use-case.js';
import type { JobName, Wakeups } from './wakeups.js';
import type { TenantObjects, TenantSource } from '@kds/tenancy';

export interface JobsDeps {
  readonly database: DataSource;
  readonly bus: Bus;
  readonly source: TenantSource;
  readonly objects?: TenantObjects;
  readonly wakeups: Wakeups;
  readonly metrics: OrchestratorMetrics;
  readonly logger: Logger;
}

/** Looks at orders side by side; each in a transaction of its own. The first looks out for work that nobody told of, and wakes the others. */
const orderWorkers = 4;

/** Everything that this service does of its own accord. */
@Injectable()
export class Jobs implements OnApplicationBootstrap {
  private readonly jobs: RepeatingJob[] = [];

  constructor(private readonly deps: JobsDeps) {}

  async onApplicationBootstrap(): Promise<void> {
    const { database, bus, source, objects, wakeups, metrics, logger } = this.deps;
    const said = new Set<string>();
    const follow = this.job('follow-tenants', 5_000, async () => {
      await saveTenants(database, source.tenants(), { lookedAt: source.lastLook() ?? new Date(0), said, logger });
      await agreeLimits(database.manager);
      await judgeFirms({ database, logger });
      wakeups.wake('learn-accounts', 'schedules', 'sync-orders', 'dispatch', 'report-status');
      return false;
    });
    source.onChange(() => follow.wake());
    const learn = this.job('learn-accounts', 1_000, async () => {
      const told = await learnAccounts({ database, bus, logger });
      if (told) wakeups.wake('dispatch');
      return false;
    });
    wakeups.on('learn-accounts', () => learn.wake());
    this.job('raise-limits', 10_000, () => raiseLimits(database));
    const publish = (subject: string, message: object, id: string) => bus.publish(subject, message, id);
    const dispatch = this.job('dispatch', 500, () => dispatchCommands({ database, publish, prepare: prepareCommand, logger }));
    wakeups.on('dispatch', () => dispatch.wake());
    const passedOver = new PassedOver();
    const workers = Array.from({ length: orderWorkers }, (_, index) =>
      this.job('sync-orders', index === 0 ? 500 : 10_000, async () => {
        const looked = await syncNextOrder({ database, logger, onDecided: metrics.decided, passedOver });
        if (looked) wakeups.wake('dispatch', ...(index === 0 ? (['sync-orders'] as const) : []));
        return looked;
      }),
    );
    wakeups.on('sync-orders', () => workers.forEach((worker) => worker.wake()));
    const schedules = this.job('schedules', 500, async () => {
      const started = await runNextSchedule({ database });
      if (started) wakeups.wake('dispatch');
      return started;
    });
    wakeups.on('schedules', () => schedules.wake());
    const ending = (name: string, everyMs: number, end: () => Promise<boolean>) =>
      this.job(name, everyMs, async () => {
        const ended = await end();
        if (ended) wakeups.wake('sync-orders', 'dispatch');
        return ended;
      });
    const expiry = { database, logger, onSettled: metrics.settled };
    const witnesses: LossWitnesses = { busForgotBefore: () => bus.forgotEverythingBefore(), inHand: (system, attempts) => askInHand({ bus, logger }, system, attempts) };
    ending('expire-leases', 1_000, () => expireLeases(expiry));
    ending('end-forgotten', 2_000, () => endForgottenAttempts(expiry, witnesses));
    if (objects !== undefined) this.followObjects(objects);
    this.job('recheck-held', 5_000, () => recheckHeldOrders(database));
    this.job('tidy', 60_000, () => tidyLedger(database));
    for (const job of this.jobs) job.start();
  }

  /** Where tenants are Kubernetes objects, they are told how they stand, and asked what they want. */
  private followObjects(objects: TenantObjects): void {
    const { database, source, wakeups, logger } = this.deps;
    const report = this.job('report-status', 5_000, () => reportStatus({ database, objects, source, logger }));
    wakeups.on('report-status', () => report.wake());
    const onDone = () => wakeups.wake('schedules', 'sync-orders', 'dispatch', 'report-status');
    this.job('carry-out-verbs', 2_000, () => carryOutVerbs({ database, objects, logger, onDone }));
    this.job('finish-deletions', 2_000, () => finishDeletions({ database, objects, logger }));
  }

  /** Lets the work in hand end, and starts no more. */
  async stop(): Promise<void> {
    await Promise.all(this.jobs.map((job) => job.stop()));
  }

  private job(name: JobName | string, everyMs: number, work: () => Promise<boolean>): RepeatingJob {
    const { logger, metrics } = this.deps;
    const job = new RepeatingJob({ name, everyMs, work, logger, onTurn: (seconds, failed) => metrics.jobTurned(name, { seconds, failed }) });
    metrics.jobStarted(name);
    this.jobs.push(job);
    return job;
  }
}
