import { Controller, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { KeyChange } from '@kds/contracts';
import { parseMessage, RethrowFilter, UnusableMessageError } from '@kds/messaging';
import { DataSource } from 'typeorm';
import { tryNewKey } from './try-new-key.js';

/** What gateways say of keys, which nobody else sees. */
@Controller()
@UseFilters(RethrowFilter)
export class KeyChangeConsumer {
  constructor(private readonly database: DataSource) {}

  @EventPattern('key-change')
  async keyChange(@Payload() raw: unknown): Promise<void> {
    const change = parseMessage(KeyChange, raw);
    if (!change.ok) throw new UnusableMessageError(`not a change of a key: ${change.error}`);
    await tryNewKey(this.database.manager, change.value);
  }
}
