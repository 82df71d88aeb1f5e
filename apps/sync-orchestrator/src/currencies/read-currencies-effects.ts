import { type Db, execute } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import type { EffectsOf, SettledCommand } from '../settle-command/settled-command.js';
import { clientCurrencyCode } from './client-currency.js';
import { wakeForCurrency } from './wake-for-currency.js';

/**
 * The currencies of a base with their codes. One that is shown no longer stays known: what was booked in it still is.
 */
export const readCurrenciesEffects: EffectsOf<'read-currencies'> = {
  async onDone({ db, spec }, { tenant }, { rows }) {
    await execute(
      db,
      `insert into currencies as c (tenant, currency, code)
       select $1, id, code from jsonb_to_recordset($2::jsonb) as r(id text, code text)
       on conflict (tenant, currency) do update set code = excluded.code, read_at = excluded.read_at`,
      [tenant, JSON.stringify(rows)],
    );
    const currency = spec?.dilovod.currency ?? '';
    const unknown = `Dilovod names no currency ${currency} with a code of three letters: check dilovod.currency`;
    await noteWhetherKnown(db, { tenant, spec, failure: { code: 'currency-unknown', message: unknown } });
  },

  /** It matters only where the client's own currency is not known without. */
  async onRejected({ db, spec }, { tenant }, failure) {
    await noteWhetherKnown(db, { tenant, spec, failure });
  },
};

interface Reading extends Pick<SettledCommand, 'tenant'> {
  readonly spec: TenantSpec | undefined;
  readonly failure: { readonly code: string; readonly message: string };
}

/** A client whose currency has no code that is known is told why: no card's currency can be compared with it. */
async function noteWhetherKnown(db: Db, { tenant, spec, failure: { code, message } }: Reading): Promise<void> {
  if (spec === undefined) return;
  const known = (await clientCurrencyCode(db, tenant, spec)) !== undefined;
  await execute(
    db,
    `update schedules set refused = $2, proved_at = case when $2::jsonb is null then now() else proved_at end
     where tenant = $1 and flow = 'currencies'`,
    [tenant, known ? null : JSON.stringify({ code, message })],
  );
  await wakeForCurrency(db, tenant);
}
