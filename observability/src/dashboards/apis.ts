import { type Dashboard, lines, table } from './dashboard.js';

export const apis: Dashboard = {
  uid: 'kds-apis',
  title: 'kds: APIs',
  description: 'How KeyCRM and Dilovod answer.',
  rows: [
    {
      title: 'Answers',
      panels: [
        lines({ title: 'Calls', description: 'By result; `done` is the API\'s yes.', unit: 'reqps' }, { expr: 'sum by (system, result) (rate(kds_api_calls_total[$__rate_interval]))', legend: '{{system}} {{result}}' }),
        lines({ title: 'Share that failed', description: 'Everything but `done`, by system.', unit: 'percentunit' }, { expr: '1 - sum by (system) (rate(kds_api_calls_total{result="done"}[$__rate_interval])) / sum by (system) (rate(kds_api_calls_total[$__rate_interval]))', legend: '{{system}}' }),
        lines({ title: 'Nine in ten are answered within', description: 'By operation.', unit: 's' }, { expr: 'histogram_quantile(0.9, sum by (system, operation, le) (rate(kds_api_call_seconds_bucket[$__rate_interval])))', legend: '{{system}} {{operation}}' }),
        lines({ title: 'Mean time of an answer', description: 'By system.', unit: 's' }, { expr: 'sum by (system) (rate(kds_api_call_seconds_sum[$__rate_interval])) / sum by (system) (rate(kds_api_call_seconds_count[$__rate_interval]))', legend: '{{system}}' }),
      ],
    },
    {
      title: 'Lanes',
      panels: [
        lines({ title: 'Lanes failing, by reason', description: 'Half of the clients of a system is an outage.' }, { expr: 'count by (system, reason) (max by (system, tenant, reason) (kds_lane_failures)) or vector(0)', legend: '{{system}} {{reason}}' }),
        lines({ title: 'Share of clients an API fails', description: 'Three failures in a row for a reason that lies with the API; nothing is shown while there are none.', unit: 'percentunit' }, { expr: 'kds:api_failing:share or 0 * kds:tenants_active', legend: '{{system}}' }),
        lines({ title: 'Fewest KeyCRM requests left', description: 'Of the client that has fewest in this minute.' }, { expr: 'min(kds_keycrm_requests_left)', legend: 'left' }),
        table({ title: 'Failing lanes', description: 'Failures in a row.' }, 'topk(50, max by (system, tenant, reason) (kds_lane_failures))'),
      ],
    },
    {
      title: 'Commands and webhooks',
      panels: [
        lines({ title: 'Commands carried out', description: 'By the gateways; several API calls may make one Dilovod command.', unit: 'reqps' }, { expr: 'sum by (system, kind) (rate(kds_commands_total[$__rate_interval]))', legend: '{{system}} {{kind}}' }),
        lines({ title: 'Commands that were not done', description: 'rejected: told no. failed: nothing executed. unknown: looked up. expired: not begun.', unit: 'reqps' }, { expr: 'sum by (system, kind, outcome) (rate(kds_commands_total{outcome!="done"}[$__rate_interval]))', legend: '{{system}} {{kind}} {{outcome}}' }),
        lines({ title: 'Webhooks', description: 'By answer. Refused ones have a wrong tenant or token.', unit: 'reqps' }, { expr: 'sum by (system, result) (rate(kds_webhooks_total[$__rate_interval]))', legend: '{{system}} {{result}}' }),
      ],
    },
  ],
};
