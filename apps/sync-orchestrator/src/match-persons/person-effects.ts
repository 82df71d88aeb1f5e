import { type Db, execute } from '@kds/persistence';
import { choosePerson, type PersonChoice } from '@kds/sync-domain';
import { lookAgain } from '../orders/orders.repository.js';
import type { EffectsOf, Failure } from '../settle-command/settled-command.js';

interface PersonState {
  readonly state: 'absent' | 'known' | 'unknown' | 'refused';
  readonly person?: PersonChoice;
  readonly failure?: Failure;
}

/** Keeps what is known of a person, and has every order that waited for it looked at again. */
async function savePerson(db: Db, tenant: string, { key, state, person, failure }: PersonState & { readonly key: string }): Promise<void> {
  await execute(
    db,
    `insert into persons (tenant, key, state, person_id, choice, failure) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant, key) do update set state = excluded.state, person_id = excluded.person_id, choice = excluded.choice, failure = excluded.failure, changed_at = now()`,
    [tenant, key, state, person?.id ?? null, person ? JSON.stringify({ by: person.by, others: person.others }) : null, failure ? JSON.stringify(failure) : null],
  );
  await lookAgain(db, { tenant, where: 'o.waits_for_person = $2', parameters: [key], also: 'waits_for_person = null' });
}

export const findPersonEffects: EffectsOf<'find-person'> = {
  async onDone({ db }, { tenant, command }, { found }) {
    const person = choosePerson(command, found);
    await savePerson(db, tenant, person ? { key: command.key, state: 'known', person } : { key: command.key, state: 'absent' });
  },
  async onRejected({ db }, { tenant, command }, failure) {
    await savePerson(db, tenant, { key: command.key, state: 'refused', failure });
  },
};

export const createPersonEffects: EffectsOf<'create-person'> = {
  async onDone({ db }, { tenant, command }, { id }) {
    await savePerson(db, tenant, { key: command.key, state: 'known', person: { id, by: 'only-one', others: [] } });
  },
  async onRejected({ db }, { tenant, command }, failure) {
    await savePerson(db, tenant, { key: command.key, state: 'refused', failure });
  },
  /** The person may be there now: the next look tells. */
  async onUnknown({ db }, { tenant, command }) {
    await savePerson(db, tenant, { key: command.key, state: 'unknown' });
  },
};

/** A document was refused because of its person: they may have been removed or merged in Dilovod, and are looked for anew. */
export async function doubtPerson(db: Db, tenant: string, personId: string): Promise<void> {
  await execute(db, `update persons set state = 'unknown', person_id = null, changed_at = now() where tenant = $1 and person_id = $2`, [tenant, personId]);
}
