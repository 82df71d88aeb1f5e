import { type DynamicModule, Module } from '@nestjs/common';
import { commandConsumer, type KeycrmCommand } from '@kds/contracts';
import type { CommandWork, GatewayParts, TenantClients } from '@kds/gateway';
import type { KeycrmClient } from '@kds/keycrm-client';
import { ExecuteCommandConsumer, WORK } from './execute-command/execute-command.consumer.js';
import { keycrmCommands, type KeycrmDesk } from './execute-command/keycrm-commands.js';
import { PARTS, ReceiveWebhookController } from './receive-webhook/receive-webhook.controller.js';

@Module({})
export class AppModule {
  static with(parts: GatewayParts, clients: TenantClients<KeycrmClient>): DynamicModule {
    const work: CommandWork<KeycrmCommand, KeycrmClient, KeycrmDesk> = {
      ...parts,
      clients,
      table: keycrmCommands,
      openDesk: (keycrm, { name }, run) => ({ keycrm, run, log: parts.log.child({ tenant: name }) }),
      ackWaitMs: commandConsumer('keycrm', '*').ackWaitMs,
    };
    return {
      module: AppModule,
      controllers: [ReceiveWebhookController, ExecuteCommandConsumer],
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: WORK, useValue: work },
      ],
    };
  }
}
