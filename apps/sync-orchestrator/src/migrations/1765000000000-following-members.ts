import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an order document says beside its rows, what each line was booked as, and how Dilovod calls a person. */
export class FollowingMembers1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

const statements = [
  `alter table persons add column name text`,
  `update orders set binding = binding || '{"attempted": null, "booked": []}'`,
  `update orders set binding = jsonb_set(binding, '{saleOrder}', (binding -> 'saleOrder') - 'contacts' || '{"members": null, "currency": null, "written": null}')
   where jsonb_typeof(binding -> 'saleOrder') = 'object'`,
  `update orders set binding = jsonb_set(binding, '{shipments}', (select jsonb_agg(s || '{"currency": null}') from jsonb_array_elements(binding -> 'shipments') s))
   where jsonb_array_length(binding -> 'shipments') > 0`,
  // Lines of orders have KeyCRM's ids from now on, and orders their source: what was observed before has neither.
  `update orders set observation = jsonb_set(jsonb_set(observation, '{order,sourceId}', 'null'), '{order,lines}',
     coalesce((select jsonb_agg('{"id": null}'::jsonb || line) from jsonb_array_elements(observation -> 'order' -> 'lines') line), '[]'))
   where observation ->> 'kind' = 'present'`,
];
