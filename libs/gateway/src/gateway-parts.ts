import type { System } from '@kds/contracts';
import type { Bus } from '@kds/messaging';
import type { Logger } from '@kds/observability';
import type { TenantSource } from '@kds/tenancy';
import type { GatewayMetrics } from './gateway-metrics.js';
import type { InHand } from './in-hand.js';

/** What every use case of a gateway may work with. */
export interface GatewayParts {
  readonly system: System;
  readonly bus: Pick<Bus, 'publish' | 'healthy'>;
  readonly tenants: Pick<TenantSource, 'find' | 'secret' | 'onChange'>;
  readonly metrics: GatewayMetrics;
  readonly inHand: InHand;
  readonly log: Logger;
  /** Aborted when the service ends and no call may go on. */
  readonly stopping: AbortSignal;
}
