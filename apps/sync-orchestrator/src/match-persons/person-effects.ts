import { type Db, execute, row } from '@kds/persistence';
import type { PersonChoice } from '@kds/sync-domain';
import { lookAgain } from '../orders/orders.repository.js';
import type { EffectsOf, Failure } from '../settle-command/settled-command.js';

interface PersonState {
  readonly state: 'absent' | 'known' | 'unknown' | 'refused';
  readonly person?: PersonChoice | undefined;
  readonly failure?: Failure;
}

/** Keeps what is known of a person, and has every order that waited for it looked at again. */
async function savePerson(db: Db, tenant: string, { key, state, person, failure }: PersonState & { readonly key: string }): Promise<void> {
  await execute(
    db,
    `insert into persons (tenant, key, state, person_id, name, choice, failure) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant, key) do update set state = excluded.state, person_id = excluded.person_id, name = excluded.name, choice = excluded.choice,
       failure = excluded.failure, changed_at = clock_timestamp()`,
    [tenant, key, state, person?.id ?? null, person?.name ?? null, person ? JSON.stringify({ by: person.by, others: person.others }) : null, failure ? JSON.stringify(failure) : null],
  );
  await lookAgain(db, { tenant, where: 'o.waits_for_person = $2', parameters: [key], also: 'waits_for_person = null' });
}

export const findPersonEffects: EffectsOf<'find-person'> = {
  async onDone({ db }, { tenant, command }, { person }) {
    await savePerson(db, tenant, { key: command.key, state: person ? 'known' : 'absent', person: person ?? undefined });
  },
  async onRejected({ db }, { tenant, command }, failure) {
    await savePerson(db, tenant, { key: command.key, state: 'refused', failure });
  },
};

export const createPersonEffects: EffectsOf<'create-person'> = {
  async onDone({ db }, { tenant, command }, { person }) {
    await savePerson(db, tenant, { key: command.key, state: 'known', person });
  },
  async onRejected({ db }, { tenant, command }, failure) {
    await savePerson(db, tenant, { key: command.key, state: 'refused', failure });
  },
  /** The person may be there now: the next look tells. */
  async onUnknown({ db }, { tenant, command }) {
    await savePerson(db, tenant, { key: command.key, state: 'unknown' });
  },
};

/** Something says that a person may have been removed, merged or renamed in Dilovod: who it is is looked up anew when it is needed. */
export async function doubtPerson(db: Db, tenant: string, personId: string): Promise<void> {
  await execute(db, `update persons set state = 'unknown', person_id = null, name = null, changed_at = clock_timestamp() where tenant = $1 and person_id = $2`, [tenant, personId]);
}

/** A base may tell of our own changes, too: so soon after one nothing is doubted. */
const echoSeconds = 60;

/** Dilovod says that a person changed. */
export async function followPersonHint(db: Db, tenant: string, personId: string): Promise<void> {
  const known = await row(db, `select 1 from persons where tenant = $1 and person_id = $2 and changed_at < clock_timestamp() - interval '${echoSeconds} seconds'`, [tenant, personId]);
  if (known !== undefined) await doubtPerson(db, tenant, personId);
}
