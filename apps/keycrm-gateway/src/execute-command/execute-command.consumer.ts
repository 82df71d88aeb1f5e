import { Controller, Inject, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { CommandMessage, type KeycrmCommand } from '@kds/contracts';
import { type CommandWork, executeCommand } from '@kds/gateway';
import type { KeycrmClient } from '@kds/keycrm-client';
import { JetStreamContext, parseMessage, UnusableMessageError, RethrowFilter } from '@kds/messaging';
import type { KeycrmDesk } from './keycrm-commands.js';

export const WORK = Symbol('work on commands');

/** Takes commands for KeyCRM off the bus; one that returns has its outcome stored. */
@Controller()
@UseFilters(RethrowFilter)
export class ExecuteCommandConsumer {
  constructor(@Inject(WORK) private readonly work: CommandWork<KeycrmCommand, KeycrmClient, KeycrmDesk>) {}

  @EventPattern<string>('command')
  async execute(@Payload() raw: unknown, @Ctx() context: JetStreamContext): Promise<void> {
    const message = parseMessage(CommandMessage, raw);
    if (!message.ok) throw new UnusableMessageError(message.error);
    await executeCommand(message.value, context, this.work);
  }
}
