import { createDilovodClient } from '@kds/dilovod-client';
import { type GatewayConfig, type RunningGateway, startGateway, TenantClients } from '@kds/gateway';
import { AppModule } from './app.module.js';

export function startDilovodGateway(config: GatewayConfig): Promise<RunningGateway> {
  return startGateway({
    service: 'dilovod-gateway',
    system: 'dilovod',
    config,
    compose: (parts) => {
      const clients = new TenantClients({ system: 'dilovod', tenants: parts.tenants, accountOf: ({ spec }) => spec.dilovod, open: createDilovodClient });
      return { module: AppModule.with(parts, clients), close: () => clients.close() };
    },
  });
}
