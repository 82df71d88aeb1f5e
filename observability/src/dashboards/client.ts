import { type Dashboard, lines, number, table } from './dashboard.js';

export const client: Dashboard = {
  uid: 'kds-client',
  title: 'kds: client',
  description: 'One client: how old the last proofs are, how its APIs answer, what is held.',
  ofTenant: true,
  rows: [
    {
      title: 'Now',
      panels: [
        table({ title: 'Client', description: 'State and mode.' }, 'max by (tenant, state, mode) (kds_tenant_info{tenant="$tenant"})'),
        number({ title: 'Orders', description: 'Since orders were last proved to be in step.', unit: 's' }, 'max(kds_sync_age_seconds{tenant="$tenant", flow="orders-updated"})'),
        number({ title: 'Stock', description: 'Since the balances were last read and compared.', unit: 's' }, 'max(kds_sync_age_seconds{tenant="$tenant", flow="stock"})'),
        number({ title: 'Prices', description: 'Since the prices were last read and compared.', unit: 's' }, 'max(kds_sync_age_seconds{tenant="$tenant", flow="prices"})'),
        number({ title: 'KeyCRM requests left', description: 'Of this minute.' }, 'min(kds_keycrm_requests_left{tenant="$tenant"})'),
      ],
    },
    {
      title: 'In step',
      panels: [
        lines({ title: 'Age of the last proof', description: 'Every flow of the client.', unit: 's' }, { expr: 'max by (flow) (kds_sync_age_seconds{tenant="$tenant"})', legend: '{{flow}}' }),
        lines({ title: 'Age over what was promised', description: 'Above 1 is late.', unit: 'percentunit' }, { expr: 'max by (flow) (kds_sync_age_seconds{tenant="$tenant"}) / max by (flow) (kds_sync_promised_age_seconds{tenant="$tenant"})', legend: '{{flow}}' }),
      ],
    },
    {
      title: 'Lanes',
      panels: [
        lines({ title: 'Waiting commands', description: 'All of them, and those that could go now.' }, { expr: 'max by (system) (kds_lane_waiting_commands{tenant="$tenant"})', legend: '{{system}} waiting' }, { expr: 'max by (system) (kds_lane_runnable_commands{tenant="$tenant"})', legend: '{{system}} runnable' }, { expr: 'max by (system) (kds_lane_in_flight_commands{tenant="$tenant"})', legend: '{{system}} in flight' }),
        lines({ title: 'Oldest waiting command', description: 'Since it was asked for. Back-fill may wait for hours.', unit: 's' }, { expr: 'max by (system) (kds_lane_waiting_age_seconds{tenant="$tenant"})', legend: '{{system}}' }),
        lines({ title: 'Failures in a row', description: 'Of the lane, with the last reason; none is good.' }, { expr: 'max by (system, reason) (kds_lane_failures{tenant="$tenant"}) or vector(0)', legend: '{{system}} {{reason}}' }),
        lines({ title: 'KeyCRM requests left', description: 'Of each minute. At 0 what matters less waits.' }, { expr: 'min by (tenant) (kds_keycrm_requests_left{tenant="$tenant"})', legend: 'left' }),
        lines({ title: 'Requests a minute of the account', description: 'As manifests declare, and as was learnt: less while another program uses the same limit.' }, { expr: 'max by (system, kind) (kds_account_requests_per_minute{tenant="$tenant"})', legend: '{{system}} {{kind}}' }),
        lines({ title: 'API calls', description: 'By operation and result.', unit: 'reqps' }, { expr: 'sum by (system, operation, result) (rate(kds_api_calls_total{tenant="$tenant"}[$__rate_interval]))', legend: '{{system}} {{operation}}: {{result}}' }),
      ],
    },
    {
      title: 'For people',
      panels: [
        lines({ title: 'Orders held, by reason', description: 'The reason stands in the order in KeyCRM too.' }, { expr: 'max by (reason) (kds_held_orders{tenant="$tenant"}) or vector(0)', legend: '{{reason}}' }),
        table({ title: 'Runs held', description: 'Released or dropped with `kds held`.' }, 'max by (flow, reason) (kds_held_runs{tenant="$tenant"})'),
        lines({ title: 'Drift of the last hour', description: 'Differences between what was written and what was read back.' }, { expr: 'max by (class) (kds_drift_last_hour{tenant="$tenant"}) or vector(0)', legend: '{{class}}' }),
      ],
    },
  ],
};
