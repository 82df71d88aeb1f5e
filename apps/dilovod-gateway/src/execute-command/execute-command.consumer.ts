import { Controller, Inject, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { CommandMessage, type DilovodCommand } from '@kds/contracts';
import type { DilovodClient } from '@kds/dilovod-client';
import { type CommandWork, executeCommand } from '@kds/gateway';
import { JetStreamContext, parseMessage, UnusableMessageError, RethrowFilter } from '@kds/messaging';
import type { DilovodDesk } from './dilovod-desk.js';

export const WORK = Symbol('work on commands');

/** Takes commands for Dilovod off the bus; one that returns has its outcome stored. */
@Controller()
@UseFilters(RethrowFilter)
export class ExecuteCommandConsumer {
  constructor(@Inject(WORK) private readonly work: CommandWork<DilovodCommand, DilovodClient, DilovodDesk>) {}

  @EventPattern<string>('command')
  async execute(@Payload() raw: unknown, @Ctx() context: JetStreamContext): Promise<void> {
    const message = parseMessage(CommandMessage, raw);
    if (!message.ok) throw new UnusableMessageError(message.error);
    await executeCommand(message.value, context, this.work);
  }
}
