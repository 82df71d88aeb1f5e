import type { ReadingGauge } from '@kds/observability';
import type { TenantSpec } from '@kds/tenancy';
import { flows } from '../run-schedules/flows.js';
import type { FlowAge, LaneState, LedgerReading } from './ledger-reading.repository.js';

/**
 * What a shop is promised for each flow: a proof not older than two of its own intervals and a little. Flows without an entry are done with what the
 * others leave, and promise nothing.
 */
const promisedFlows: ReadonlySet<string> = new Set(['orders-updated', 'stock', 'prices']);
const promisedIntervals = 2;
const graceSeconds = 120;

/** The age in seconds that a flow's proof may have; undefined where nothing is promised, or the flow does not run for this tenant. */
export function promisedAge(flow: string, spec: TenantSpec): number | undefined {
  const everyMs = flows[flow]?.everyMs(spec);
  return everyMs === undefined || !promisedFlows.has(flow) ? undefined : (promisedIntervals * everyMs) / 1_000 + graceSeconds;
}

const laneLabels = ['system', 'tenant', 'pool'];

function laneLabelsOf({ system, tenant, pool }: LaneState) {
  return { system, tenant, pool };
}

function toLimits({ system, tenant, perMinute, declaredPerMinute }: LaneState) {
  const limits = Object.entries({ declared: declaredPerMinute, learned: perMinute });
  return limits.flatMap(([kind, value]) => (value === null ? [] : [{ labels: { system, tenant, kind }, value }]));
}

/** Gauges over the whole ledger. Every replica shows the same, so they are joined with `max`, never added up over replicas. */
export function ledgerGauges(findTenant: (name: string) => TenantSpec | undefined): readonly ReadingGauge<LedgerReading>[] {
  const running = ({ tenant, flow }: FlowAge) => {
    const spec = findTenant(tenant);
    return spec !== undefined && flows[flow]?.everyMs(spec) !== undefined;
  };
  return [
    {
      name: 'kds_tenant_info',
      help: 'A tenant, its state (active, suspended, invalid) and mode (shadow, pilot, live); always 1.',
      labels: ['tenant', 'state', 'mode'],
      samples: ({ tenants }) => tenants.map(({ tenant, state, mode }) => ({ labels: { tenant, state, mode }, value: 1 })),
    },
    {
      name: 'kds_sync_age_seconds',
      help: 'Since a flow of an active tenant was last proved to have gone through.',
      labels: ['tenant', 'flow'],
      samples: (reading) => reading.flows.filter(running).map(({ tenant, flow, age }) => ({ labels: { tenant, flow }, value: age })),
    },
    {
      name: 'kds_sync_promised_age_seconds',
      help: 'The age that the proof of a flow may have: twice its interval and two minutes. Only for orders-updated, stock and prices.',
      labels: ['tenant', 'flow'],
      samples: (reading) =>
        reading.flows.flatMap(({ tenant, flow }) => {
          const spec = findTenant(tenant);
          const value = spec && promisedAge(flow, spec);
          return value === undefined ? [] : [{ labels: { tenant, flow }, value }];
        }),
    },
    {
      name: 'kds_lane_runnable_commands',
      help: 'Commands that could go now: the tenant is active, the lane has a place and budget and does not rest. Scaling follows this and those in flight.',
      labels: laneLabels,
      samples: ({ lanes }) => lanes.map((lane) => ({ labels: laneLabelsOf(lane), value: lane.runnable })),
    },
    {
      name: 'kds_lane_runnable_age_seconds',
      help: 'Since the oldest runnable command could have gone; 0 when there is none.',
      labels: laneLabels,
      samples: ({ lanes }) => lanes.map((lane) => ({ labels: laneLabelsOf(lane), value: lane.runnable === 0 ? 0 : Math.max(0, lane.oldestRunnable ?? 0) })),
    },
    {
      name: 'kds_lane_in_flight_commands',
      help: 'Commands that are with a gateway or on their way to one.',
      labels: laneLabels,
      samples: ({ lanes }) => lanes.map((lane) => ({ labels: laneLabelsOf(lane), value: lane.inFlight })),
    },
    {
      name: 'kds_lane_waiting_commands',
      help: 'All commands that wait in a lane, for whatever reason.',
      labels: laneLabels,
      samples: ({ lanes }) => lanes.map((lane) => ({ labels: laneLabelsOf(lane), value: lane.waiting })),
    },
    {
      name: 'kds_lane_waiting_age_seconds',
      help: 'Since the oldest waiting command was asked for; 0 when there is none.',
      labels: laneLabels,
      samples: ({ lanes }) => lanes.map((lane) => ({ labels: laneLabelsOf(lane), value: lane.oldestWaiting ?? 0 })),
    },
    {
      name: 'kds_lane_failures',
      help: 'Failures in a row that say something about the API or the key, and the last one\'s code; only lanes that have any.',
      labels: [...laneLabels, 'reason'],
      samples: ({ lanes }) => lanes.filter(({ failures }) => failures > 0).map((lane) => ({ labels: { ...laneLabelsOf(lane), reason: lane.reason ?? 'unknown' }, value: lane.failures })),
    },
    {
      name: 'kds_keycrm_requests_left',
      help: 'Requests that KeyCRM still allows a tenant in this minute; tenants of one key share them.',
      labels: ['tenant'],
      samples: ({ lanes }) => lanes.flatMap(({ tenant, perMinute, used }) => (perMinute === null ? [] : [{ labels: { tenant }, value: Math.max(0, perMinute - used) }])),
    },
    {
      name: 'kds_account_requests_per_minute',
      help: 'Requests a minute of the account that a tenant uses: declared by the manifests, and learnt, which is less while others use the same limit.',
      labels: ['system', 'tenant', 'kind'],
      samples: ({ lanes }) => lanes.flatMap(toLimits),
    },
    {
      name: 'kds_held_orders',
      help: 'Orders that wait for a person, by the reason.',
      labels: ['tenant', 'reason'],
      samples: ({ heldOrders }) => heldOrders.map(({ tenant, reason, count }) => ({ labels: { tenant, reason }, value: count })),
    },
    {
      name: 'kds_held_runs',
      help: 'Runs of stock or prices that a guard holds; always 1.',
      labels: ['tenant', 'flow', 'reason'],
      samples: ({ heldRuns }) => heldRuns.map(({ tenant, flow, reason }) => ({ labels: { tenant, flow, reason }, value: 1 })),
    },
    {
      name: 'kds_drift_last_hour',
      help: 'Differences between what was written and what KeyCRM was read to hold, found in the last hour: lost-write or manual-edit.',
      labels: ['tenant', 'class'],
      samples: ({ drift }) => drift.map((found) => ({ labels: { tenant: found.tenant, class: found.class }, value: found.count })),
    },
  ];
}
