import { Controller, Inject, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { KeyChange } from '@kds/contracts';
import { parseMessage, RethrowFilter, UnusableMessageError } from '@kds/messaging';
import { judgeFirms } from '../accounts/judge-firms.js';
import { tellAccount } from '../accounts/tell-account.js';
import { OUTCOME_DEPS, type OutcomeDeps } from '../settle-command/outcome.consumer.js';

/** What gateways say of keys, which nobody else sees. */
@Controller()
@UseFilters(RethrowFilter)
export class KeyChangeConsumer {
  constructor(@Inject(OUTCOME_DEPS) private readonly deps: Pick<OutcomeDeps, 'database' | 'logger' | 'wakeups'>) {}

  @EventPattern('key-change')
  async keyChange(@Payload() raw: unknown): Promise<void> {
    const change = parseMessage(KeyChange, raw);
    if (!change.ok) throw new UnusableMessageError(`not a change of a key: ${change.error}`);
    if (!(await tellAccount(this.deps.database, change.value))) return;
    await judgeFirms(this.deps);
    this.deps.wakeups.wake('dispatch');
  }
}
