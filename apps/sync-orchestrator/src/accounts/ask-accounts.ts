import { AccountsAnswer, accountsSubject, type KeyChange, type System } from '@kds/contracts';
import { type Bus, parseMessage } from '@kds/messaging';
import type { Logger } from '@kds/observability';

/** A gateway answers from memory; one that is slower than this is asked again. */
const waitMs = 250;

export interface AccountsHeard {
  /** What is told of tenants, where all who spoke say the same. */
  readonly said: readonly KeyChange[];
  /** Tenants of whom nobody spoke. */
  readonly silent: readonly string[];
}

/**
 * Asks every gateway of a system whose accounts these tenants' are. Where two say different things, one of them is
 * behind: that is asked again.
 */
export async function askAccounts(
  { bus, logger }: { readonly bus: Pick<Bus, 'askAll'>; readonly logger: Logger },
  system: System,
  tenants: readonly string[],
): Promise<AccountsHeard> {
  const heard = new Map<string, KeyChange | 'differ'>();
  for (const raw of await bus.askAll(accountsSubject(system), { tenants }, waitMs)) {
    const answer = parseMessage(AccountsAnswer, raw);
    if (!answer.ok) logger.warn({ system, problem: answer.error }, 'a gateway did not say whose accounts it knows');
    else
      for (const one of answer.value.accounts)
        heard.set(one.tenant, sameAs(heard.get(one.tenant), one) ? one : 'differ');
  }
  return {
    said: [...heard.values()].filter((one) => one !== 'differ'),
    silent: tenants.filter((tenant) => !heard.has(tenant)),
  };
}

function sameAs(earlier: KeyChange | 'differ' | undefined, { address, account }: KeyChange): boolean {
  return (
    earlier === undefined ||
    (earlier !== 'differ' && earlier.address === address && (earlier.account ?? null) === (account ?? null))
  );
}
