import { type DynamicModule, Module } from '@nestjs/common';
import { commandConsumer, type DilovodCommand } from '@kds/contracts';
import type { DilovodClient } from '@kds/dilovod-client';
import type { CommandWork, GatewayParts, TenantClients } from '@kds/gateway';
import { dilovodCommands } from './execute-command/dilovod-commands.js';
import { type DilovodDesk, openDilovodDesk } from './execute-command/dilovod-desk.js';
import { ExecuteCommandConsumer, WORK } from './execute-command/execute-command.consumer.js';
import { PARTS, ReceiveWebhookController } from './receive-webhook/receive-webhook.controller.js';

@Module({})
export class AppModule {
  static with(parts: GatewayParts, clients: TenantClients<DilovodClient>): DynamicModule {
    const work: CommandWork<DilovodCommand, DilovodClient, DilovodDesk> = {
      ...parts,
      clients,
      table: dilovodCommands,
      openDesk: (client, tenant, run) => openDilovodDesk(client, { tenant, run, log: parts.log.child({ tenant: tenant.name }) }),
      ackWaitMs: commandConsumer('dilovod', '*').ackWaitMs,
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
