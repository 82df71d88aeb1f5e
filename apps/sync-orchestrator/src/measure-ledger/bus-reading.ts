import type { Bus, ConsumerState } from '@kds/messaging';
import type { ReadingGauge } from '@kds/observability';

/** How the bus stands at one moment. */
export interface BusReading {
  readonly consumers: readonly ConsumerState[];
  /** Dead letters by the consumer that gave them up. */
  readonly dead: Readonly<Record<string, number>>;
}

export async function loadBusReading(bus: Pick<Bus, 'consumerStates' | 'deadLetters'>): Promise<BusReading> {
  const [consumers, dead] = await Promise.all([bus.consumerStates(), bus.deadLetters()]);
  return { consumers, dead };
}

/** Every replica shows the same, as over the ledger. */
export const busGauges: readonly ReadingGauge<BusReading>[] = [
  {
    name: 'kds_bus_consumer_pending_messages',
    help: 'Messages that a consumer has not been given yet.',
    labels: ['consumer'],
    samples: ({ consumers }) => consumers.map(({ consumer, pending }) => ({ labels: { consumer }, value: pending })),
  },
  {
    name: 'kds_bus_consumer_unsettled_messages',
    help: 'Messages that a consumer has been given and has not settled yet.',
    labels: ['consumer'],
    samples: ({ consumers }) => consumers.map(({ consumer, unsettled }) => ({ labels: { consumer }, value: unsettled })),
  },
  {
    name: 'kds_dead_letters',
    help: 'Messages that nobody could use and that still lie in the bus, by the consumer that gave them up.',
    labels: ['consumer'],
    samples: ({ consumers, dead }) => {
      const names = new Set([...consumers.map(({ consumer }) => consumer), ...Object.keys(dead)]);
      return [...names].map((consumer) => ({ labels: { consumer }, value: dead[consumer] ?? 0 }));
    },
  },
];
