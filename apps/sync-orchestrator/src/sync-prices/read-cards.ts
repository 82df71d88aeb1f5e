import { type Db, execute, row } from '@kds/persistence';
import { enqueueCommand, priorities } from '../command-ledger/enqueue-command.js';
import type { EffectsOf } from '../settle-command/settled-command.js';
import { planPrices } from './plan-prices.js';

/** An offer whose card is to be read before its price is written. */
export interface CardToRead {
  readonly offerId: number;
  /** It was not asked for lately. */
  readonly due: boolean;
  /** The run waits for it. */
  readonly holds: boolean;
}

const offersPerRequest = 50;
/** More than these are read with all others, page by page, when nothing else is to be done. */
const oneByOneAtMost = 500;
const subject = 'cards';

/** Has the currencies of cards read, those that were not asked for lately. */
export async function readCardsFirst(
  db: Db,
  { tenant, cards }: { readonly tenant: string; readonly cards: readonly CardToRead[] },
): Promise<void> {
  const due = cards.filter((card) => card.due).map(({ offerId }) => offerId);
  if (due.length === 0 || (await underWay(db, tenant))) return;
  await execute(db, noteAskedSql, [tenant, due]);
  if (due.length > oneByOneAtMost) {
    await enqueueCommand(db, {
      tenant,
      system: 'keycrm',
      subject,
      command: { kind: 'list-cards', page: 1, offers: null },
      priority: priorities.readBack,
    });
    return;
  }
  for (let start = 0; start < due.length; start += offersPerRequest) {
    const offers = due.slice(start, start + offersPerRequest);
    const command = { kind: 'list-cards', page: 1, offers } as const;
    await enqueueCommand(db, {
      tenant,
      system: 'keycrm',
      subject: `${subject}:${offers[0]}`,
      command,
      priority: priorities.stockAndPrices,
    });
  }
}

/** A row that somebody holds is left out: to wait for it could make two wait for each other. */
const noteAskedSql = `
  with free as (select offer_id from offers where tenant = $1 and offer_id = any ($2) for update skip locked)
  update offers o set card_asked_at = clock_timestamp() from free where o.tenant = $1 and o.offer_id = free.offer_id`;

/** Pages of all cards. */
async function underWay(db: Db, tenant: string): Promise<boolean> {
  const found = await row(
    db,
    `select 1 from commands
     where tenant = $1 and system = 'keycrm' and subject = $2 and state in ('pending', 'dispatched')`,
    [tenant, subject],
  );
  return found !== undefined;
}

/** In which currency cards are kept. What is not among the answer holds nobody else's prices. */
export const listCardsEffects: EffectsOf<'list-cards'> = {
  async onDone({ db, spec }, { tenant, command }, { rows, page, lastPage }) {
    await oneAtATime(db, tenant);
    const offers = rows.map(({ offerId }) => offerId);
    await execute(db, keepSql, [tenant, offers, rows.map(({ currency }) => currency)]);
    if (command.offers === null && page < lastPage) {
      const next = { ...command, page: page + 1 };
      return enqueueCommand(db, { tenant, system: 'keycrm', subject, command: next, priority: priorities.readBack });
    }
    // What the pages did not show is asked for one by one.
    if (command.offers === null) await askAnew(db, tenant);
    else await execute(db, unansweredSql, [tenant, command.offers, offers]);
    if (spec === undefined || !(await planPrices(db, { tenant, spec, fresh: false }))) return;
    await execute(db, provedSql, [tenant, spec.prices.retail === null ? 'balances' : 'prices']);
  },

  /** The prices that wait are not written, and the client is told why. */
  async onRejected({ db }, { tenant }) {
    await askAnew(db, tenant);
  },
};

/** Two answers that were kept side by side would each take the other's cards for unread, and nobody would go on. */
async function oneAtATime(db: Db, tenant: string): Promise<void> {
  await execute(db, `select pg_advisory_xact_lock(hashtextextended('cards ' || $1, 0))`, [tenant]);
}

const keepSql = `
  update offers o
  set card_currency = r.currency, card_read_at = clock_timestamp(), card_asked_at = null, card_unanswered = false
  from unnest($2::bigint[], $3::text[]) as r(offer_id, currency) where o.tenant = $1 and o.offer_id = r.offer_id`;

const unansweredSql = `
  update offers set card_unanswered = true
  where tenant = $1 and offer_id = any ($2) and not offer_id = any ($3)`;

/** Cards that were asked for and not read are due at once. */
async function askAnew(db: Db, tenant: string): Promise<void> {
  const anew = `
    update offers set card_asked_at = null
    where tenant = $1 and card_asked_at is not null and not card_unanswered`;
  await execute(db, anew, [tenant]);
}

/** The run that waited for cards was computed from what was read before. */
const provedSql = `
  update schedules s
  set proved_at = greatest(s.proved_at, (select accepted_at from snapshots n where n.tenant = $1 and n.kind = $2))
  where s.tenant = $1 and s.flow = 'prices'`;
