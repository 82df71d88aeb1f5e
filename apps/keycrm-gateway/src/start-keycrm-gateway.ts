import { type GatewayConfig, type RunningGateway, startGateway, TenantClients } from '@kds/gateway';
import { createKeycrmClient } from '@kds/keycrm-client';
import { AppModule } from './app.module.js';

export function startKeycrmGateway(config: GatewayConfig): Promise<RunningGateway> {
  return startGateway({
    service: 'keycrm-gateway',
    system: 'keycrm',
    config,
    compose: (parts) => {
      const clients = new TenantClients({ system: 'keycrm', tenants: parts.tenants, accountOf: ({ spec }) => spec.keycrm, open: createKeycrmClient });
      return { module: AppModule.with(parts, clients), close: () => clients.close() };
    },
  });
}
