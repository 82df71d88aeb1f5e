import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an order document says beside its rows, what each line was booked as, and how Dilovod calls a person. What was not kept before is read again: order
 * documents that are not shipped, and persons. What waited for a gateway in the words of before is decided anew.
 */
export class FollowingMembers1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

/** What an older decision asked for of an order's header. */
const draftedSql = `(select jsonb_object_agg(m, c.payload -> 'draft' -> m)
  from unnest(array['person', 'business', 'author', 'tradeChanel', 'paymentForm', 'details', 'remarkFromPerson', 'note']) m)`;
const laneKinds = `('save-sale-order', 'save-sale', 'save-sale-return', 'find-person', 'create-person')`;

const statements = [
  `alter table persons add column name text`,
  `update orders set binding = binding || '{"attempted": null, "booked": []}'`,
  `update orders set binding = jsonb_set(binding, '{saleOrder}', (binding -> 'saleOrder') - 'contacts' || '{"members": null, "currency": null}'
     || jsonb_build_object('written', jsonb_build_object('person', binding -> 'saleOrder' -> 'person', 'state', null, 'stood', null,
       'members', case when jsonb_typeof(binding -> 'saleOrder' -> 'contacts') = 'object' then binding -> 'saleOrder' -> 'contacts' else '{}' end)))
   where jsonb_typeof(binding -> 'saleOrder') = 'object'`,
  `update orders set binding = binding || '{"doubt": "saleOrder"}', dirty_since = coalesce(dirty_since, clock_timestamp())
   where jsonb_typeof(binding -> 'saleOrder') = 'object' and binding -> 'shipments' = '[]' and binding ->> 'doubt' is null`,
  `update persons set state = 'unknown', person_id = null where state = 'known'`,
  `with gone as (
     update commands set state = 'superseded', settled_at = clock_timestamp() where state = 'pending' and system = 'dilovod' and kind in ${laneKinds}
     returning tenant, subject
   )
   update orders o set dirty_since = coalesce(dirty_since, clock_timestamp()) from gone where o.tenant = gone.tenant and gone.subject = 'order:' || o.order_id`,
  `update orders set waits_for_person = null, dirty_since = coalesce(dirty_since, clock_timestamp()) where waits_for_person is not null`,
  `update commands c set payload = jsonb_set(c.payload, '{draft,booked}', '[]') || jsonb_build_object('wanted', ${draftedSql}, 'expected', null)
   where state = 'dispatched' and kind = 'save-sale-order'`,
  `update orders set binding = jsonb_set(binding, '{shipments}', (select jsonb_agg(s || '{"currency": null}') from jsonb_array_elements(binding -> 'shipments') s))
   where jsonb_array_length(binding -> 'shipments') > 0`,
  // Lines of orders have KeyCRM's ids from now on, and orders their source: what was observed before has neither.
  `update orders set observation = jsonb_set(jsonb_set(observation, '{order,sourceId}', 'null'), '{order,lines}',
     coalesce((select jsonb_agg('{"id": null}'::jsonb || line) from jsonb_array_elements(observation -> 'order' -> 'lines') line), '[]'))
   where observation ->> 'kind' = 'present'`,
];
