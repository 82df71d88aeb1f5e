import type { OutcomeMessage, System } from '@kds/contracts';
import type { Logger } from '@kds/observability';
import { rows } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import type { OrchestratorMetrics } from '../measure-ledger/orchestrator-metrics.js';
import { settleCommand, type SettleDeps } from './settle-command.js';

interface Overdue {
  readonly id: string;
  readonly command_id: string;
  readonly tenant: string;
  readonly system: System;
}

export interface ExpireDeps {
  readonly database: DataSource;
  readonly findTenant: SettleDeps['findTenant'];
  readonly logger: Logger;
  readonly onSettled?: OrchestratorMetrics['settled'];
}

const perTurn = 50;

/**
 * Ends attempts whose lease ran out without an outcome: their gateway, or the bus, is gone. Whether they were carried out is unknown. Each ends in a
 * transaction of its own, so that one that cannot be settled keeps no other. True when one was, so that there may be more.
 */
export async function expireLeases({ database, findTenant, logger, onSettled }: ExpireDeps): Promise<boolean> {
  const overdue = await rows<Overdue>(
    database.manager,
    `select id, command_id, tenant, system from attempts where settled_at is null and lease_until < clock_timestamp() order by lease_until limit ${perTurn}`,
  );
  let count = 0;
  for (const attempt of overdue) {
    try {
      const settled = await database.transaction((db) => settleCommand({ db, findTenant }, toUnknown(attempt)));
      if (settled === undefined) continue;
      count += 1;
      onSettled?.({ system: settled.system, kind: settled.command.kind, outcome: 'unknown' });
    } catch (error) {
      logger.error({ err: error, tenant: attempt.tenant, commandId: attempt.command_id, attempt: attempt.id }, 'a lease ran out and its command cannot be settled');
    }
  }
  return count === perTurn;
}

function toUnknown({ id, command_id, tenant, system }: Overdue): OutcomeMessage {
  const failure = { code: 'lease-expired', message: 'no outcome came before the lease ran out' };
  return { commandId: command_id, attempt: id, tenant, system, outcome: 'unknown', called: true, calls: [], failure };
}
