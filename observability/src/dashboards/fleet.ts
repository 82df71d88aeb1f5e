import { type Dashboard, lines, number, table } from './dashboard.js';

export const fleet: Dashboard = {
  uid: 'kds-fleet',
  title: 'kds: fleet',
  description: 'All clients at once: are they in step, what waits for a person, what could run.',
  rows: [
    {
      title: 'Now',
      panels: [
        number({ title: 'Active clients', description: 'Clients whose work goes on; suspended and invalid ones are not among them.' }, 'kds:tenants_active'),
        number({ title: 'In step', description: 'Share of all flows (orders, stock, prices of every client) proved within twice their interval. The service level is 99 %.', unit: 'percentunit' }, '1 - kds:sync_late:share'),
        number({ title: 'Clients late', description: 'Clients with at least one flow that is late.', alarmFrom: 1 }, 'kds:tenants_late'),
        number({ title: 'Orders held', description: 'They wait for a person; `kds held list` says why.' }, 'sum(max by (tenant, reason) (kds_held_orders)) or vector(0)'),
        number({ title: 'Runs held', description: 'Runs of stock or prices that a guard holds.', alarmFrom: 1 }, 'count(max by (tenant, flow) (kds_held_runs)) or vector(0)'),
        number({ title: 'Lanes failing', description: 'Lanes whose last answers said something bad about the API or the key.', alarmFrom: 1 }, 'count(max by (system, tenant) (kds_lane_failures)) or vector(0)'),
      ],
    },
    {
      title: 'In step',
      panels: [
        lines({ title: 'Share of flows in step', description: 'Below 99 % the allowance of lateness is being used up.', unit: 'percentunit' }, { expr: '1 - kds:sync_late:share', legend: 'now' }, { expr: '1 - avg_over_time(kds:sync_late:share[1h])', legend: 'last hour' }),
        lines({ title: 'Oldest proof by flow', description: 'Of the client that is worst off.', unit: 's' }, { expr: 'max by (flow) (kds_sync_age_seconds)', legend: '{{flow}}' }),
        lines({ title: 'Clients by state', description: 'Invalid ones stand still until their manifest is mended.' }, { expr: 'count by (state, mode) (max by (tenant, state, mode) (kds_tenant_info))', legend: '{{state}} {{mode}}' }),
        table({ title: 'Worst clients', description: 'Age of the last proof over the age that was promised: above 1 is late.' }, 'topk(20, max by (tenant, flow) (kds_sync_age_seconds) / max by (tenant, flow) (kds_sync_promised_age_seconds))'),
      ],
    },
    {
      title: 'Work',
      panels: [
        lines({ title: 'Could go now', description: 'Runnable commands, which scaling follows together with those in flight. Waiting for a budget or an outage is not runnable.' }, { expr: 'sum by (system, pool) (max by (system, tenant, pool) (kds_lane_runnable_commands))', legend: '{{system}} {{pool}}' }),
        lines({ title: 'In flight', description: 'Commands that are with a gateway. A Dilovod lane has one at most.' }, { expr: 'sum by (system, pool) (max by (system, tenant, pool) (kds_lane_in_flight_commands))', legend: '{{system}} {{pool}}' }),
        lines({ title: 'Waiting', description: 'All commands that wait, for whatever reason; back-fill may make it large for hours.' }, { expr: 'sum by (system, pool) (max by (system, tenant, pool) (kds_lane_waiting_commands))', legend: '{{system}} {{pool}}' }),
        lines({ title: 'Longest since it could have gone', description: 'Seconds at most; minutes mean that dispatch is stuck.', unit: 's' }, { expr: 'max by (system) (kds_lane_runnable_age_seconds)', legend: '{{system}}' }),
        lines({ title: 'Commands ended', description: 'Attempts that were settled, by how they ended.', unit: 'reqps' }, { expr: 'sum by (system, outcome) (rate(kds_outcomes_total[$__rate_interval]))', legend: '{{system}} {{outcome}}' }),
        lines({ title: 'Decisions about orders', description: 'Looks at orders, by what was decided and why.', unit: 'reqps' }, { expr: 'sum by (kind, reason) (rate(kds_decisions_total[$__rate_interval]))', legend: '{{kind}}: {{reason}}' }),
      ],
    },
    {
      title: 'For people',
      panels: [
        lines({ title: 'Orders held, by reason', description: 'A reason that jumps for many clients is ours, not theirs.' }, { expr: 'sum by (reason) (max by (tenant, reason) (kds_held_orders)) or vector(0)', legend: '{{reason}}' }),
        lines({ title: 'Drift of the last hour', description: 'Lost writes are KeyCRM\'s, edits by hand are the shops\'.' }, { expr: 'sum by (class) (max by (tenant, class) (kds_drift_last_hour)) or vector(0)', legend: '{{class}}' }),
        table({ title: 'Runs held', description: 'Released or dropped with `kds held`.' }, 'max by (tenant, flow, reason) (kds_held_runs)'),
        table({ title: 'Orders held, by client', description: 'The clients with most.' }, 'topk(20, sum by (tenant, reason) (max by (tenant, reason) (kds_held_orders)))'),
      ],
    },
  ],
};
