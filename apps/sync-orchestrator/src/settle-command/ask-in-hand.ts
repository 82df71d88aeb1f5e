import { InHandAnswer, inHandSubject, type System } from '@kds/contracts';
import { type Bus, parseMessage } from '@kds/messaging';
import { type Logger, logRecurring } from '@kds/observability';

/** Long enough for any gateway that the bus reaches. */
const waitMs = 1_000;

/** Asks every gateway of a system which of some attempts it has in hand. An answer that is none is logged, and counts as all of them. */
export async function askInHand({ bus, logger }: { readonly bus: Pick<Bus, 'askAll'>; readonly logger: Logger }, system: System, attempts: readonly string[]): Promise<readonly string[]> {
  const answers = await bus.askAll(inHandSubject(system), { attempts }, waitMs);
  return answers.flatMap((raw) => {
    const answer = parseMessage(InHandAnswer, raw);
    if (answer.ok) return answer.value.attempts;
    logRecurring(logger, { what: `what ${system} gateways have in hand`, error: new Error(answer.error), fields: { system }, message: 'a gateway did not say what it has in hand' });
    return attempts;
  });
}
