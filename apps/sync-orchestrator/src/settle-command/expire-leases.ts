import type { OutcomeMessage, System } from '@kds/contracts';
import { rows } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import { settleCommand, type SettleDeps } from './settle-command.js';

/**
 * Ends attempts whose lease ran out without an outcome: their gateway, or the bus, is gone. Whether they were carried out is unknown. True when there was
 * one, so that there may be more.
 */
export async function expireLeases({ database, findTenant }: { readonly database: DataSource; readonly findTenant: SettleDeps['findTenant'] }): Promise<boolean> {
  return database.transaction(async (db) => {
    const overdue = await rows<{ id: string; command_id: string; tenant: string; system: System }>(
      db,
      `select id, command_id, tenant, system from attempts where settled_at is null and lease_until < clock_timestamp() order by lease_until limit 20 for update skip locked`,
    );
    for (const { id, command_id, tenant, system } of overdue) {
      const outcome: OutcomeMessage = {
        commandId: command_id,
        attempt: id,
        tenant,
        system,
        outcome: 'unknown',
        called: true,
        calls: [],
        failure: { code: 'lease-expired', message: 'no outcome came before the lease ran out' },
      };
      await settleCommand({ db, findTenant }, outcome);
    }
    return overdue.length > 0;
  });
}
