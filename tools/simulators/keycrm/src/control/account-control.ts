import type { Account } from '../accounts/account.js';
import { announceStock } from '../webhooks/stock-event.js';
import { goodsVerbs } from './goods-verbs.js';
import { orderVerbs } from './order-verbs.js';
import { setUpVerbs } from './set-up-verbs.js';

/** Everything that can be done to an account from outside its API; the control API offers the same verbs by the same names. */
export const verbs = { ...setUpVerbs, ...goodsVerbs, ...orderVerbs };

export type VerbName = keyof typeof verbs;

/** Verbs that change nothing. */
export const readingVerbs: readonly VerbName[] = ['state', 'movements', 'requests', 'violations', 'deliveries', 'heldBack', 'settled'];

type Bound<Verb> = Verb extends (account: Account, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/** The verbs of one account. Each throws a `RangeError` when it names what does not exist. */
export type AccountControl = { readonly [Name in VerbName]: Bound<(typeof verbs)[Name]> } & { readonly name: string; readonly apiKey: string };

export function controlOf(account: Account): AccountControl {
  const bound = Object.entries(verbs).map(([name, verb]) => [
    name,
    (body: never) => {
      const result = (verb as (account: Account, body: never) => unknown)(account, body);
      announceStock(account);
      return result;
    },
  ]);
  return {
    ...Object.fromEntries(bound),
    name: account.name,
    get apiKey() {
      return account.apiKeys.at(-1);
    },
  } as AccountControl;
}
