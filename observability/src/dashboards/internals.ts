import { type Dashboard, lines, number, table } from './dashboard.js';

export const internals: Dashboard = {
  uid: 'kds-internals',
  title: 'kds: internals',
  description: 'The bus, the database, the jobs and the processes.',
  rows: [
    {
      title: 'Now',
      panels: [
        number({ title: 'Postgres', description: '1 while it answers an orchestrator.' }, 'max(kds_dependency_available{dependency="postgres"})'),
        number({ title: 'JetStream', description: '1 while it answers an orchestrator.' }, 'max(kds_dependency_available{dependency="jetstream"})'),
        number({ title: 'Dead letters', description: 'Messages that nobody could use; `kds dead list` shows them.', alarmFrom: 1 }, 'sum(max by (consumer) (kds_dead_letters))'),
        number({ title: 'Since a dispatcher went through', description: 'Under a second.', unit: 's', alarmFrom: 60 }, 'time() - max(kds_job_last_turn_timestamp_seconds{name="dispatch"})'),
        number({ title: 'Since tenants were read', description: 'Of the service that is worst off.', unit: 's', alarmFrom: 180 }, 'max(time() - kds_tenant_source_last_look_timestamp_seconds)'),
        table({ title: 'What runs', description: 'Replicas by version.' }, 'count by (component, version, node) (kds_build_info)'),
      ],
    },
    {
      title: 'Bus',
      panels: [
        lines({ title: 'Messages settled', description: 'done, retried (given back), dead.', unit: 'reqps' }, { expr: 'sum by (consumer, result) (rate(kds_bus_messages_total[$__rate_interval]))', legend: '{{consumer}} {{result}}' }),
        lines({ title: 'Redeliveries', description: 'Each is a process that died, or one that failed at a message.', unit: 'reqps' }, { expr: 'sum by (consumer) (rate(kds_bus_redeliveries_total[$__rate_interval])) or vector(0)', legend: '{{consumer}}' }),
        lines({ title: 'Not yet delivered', description: 'Near zero. It is no measure for scaling: work waits in the ledger, not on the bus.' }, { expr: 'max by (consumer) (kds_bus_consumer_pending_messages)', legend: '{{consumer}}' }),
        lines({ title: 'Delivered and not settled', description: 'For commands: what the gateways work on.' }, { expr: 'max by (consumer) (kds_bus_consumer_unsettled_messages)', legend: '{{consumer}}' }),
        lines({ title: 'Dead letters', description: 'By the consumer that gave them up.' }, { expr: 'max by (consumer) (kds_dead_letters)', legend: '{{consumer}}' }),
      ],
    },
    {
      title: 'Database',
      panels: [
        lines({ title: 'Connections', description: 'Callers that wait mean a pool that is too small, or queries that are too slow.' }, { expr: 'sum by (state) (kds_db_pool_connections)', legend: '{{state}}' }),
        lines({ title: 'Queries', description: 'All orchestrators together.', unit: 'reqps' }, { expr: 'sum(rate(kds_db_query_seconds_count[$__rate_interval]))', legend: 'answered' }, { expr: 'sum(rate(kds_db_queries_failed_total[$__rate_interval]))', legend: 'failed' }),
        lines({ title: 'Time of a query', description: 'Half, and ninety-nine of a hundred, are answered within.', unit: 's' }, { expr: 'histogram_quantile(0.5, sum by (le) (rate(kds_db_query_seconds_bucket[$__rate_interval])))', legend: 'half' }, { expr: 'histogram_quantile(0.99, sum by (le) (rate(kds_db_query_seconds_bucket[$__rate_interval])))', legend: '99 %' }),
        lines({ title: 'Database time', description: 'Seconds of query time a second: how many connections are kept busy on average.' }, { expr: 'sum(rate(kds_db_query_seconds_sum[$__rate_interval]))', legend: 'busy' }),
      ],
    },
    {
      title: 'Jobs',
      panels: [
        lines({ title: 'Turns', description: 'Looks for work, by job.', unit: 'reqps' }, { expr: 'sum by (name, result) (rate(kds_job_turns_total[$__rate_interval]))', legend: '{{name}} {{result}}' }),
        lines({ title: 'Time of a turn', description: 'Nine in ten take less.', unit: 's' }, { expr: 'histogram_quantile(0.9, sum by (name, le) (rate(kds_job_turn_seconds_bucket[$__rate_interval])))', legend: '{{name}}' }),
        lines({ title: 'Share of time at work', description: 'By job and replica; 1 is a job that never rests.', unit: 'percentunit' }, { expr: 'sum by (name, instance) (rate(kds_job_turn_seconds_sum[$__rate_interval]))', legend: '{{name}} {{instance}}' }),
        lines({ title: 'Since a job last went through', description: 'By job, of the replica that did best.', unit: 's' }, { expr: 'time() - max by (name) (kds_job_last_turn_timestamp_seconds)', legend: '{{name}}' }),
      ],
    },
    {
      title: 'Processes',
      panels: [
        lines({ title: 'Memory', description: 'Resident, by process.', unit: 'bytes' }, { expr: 'process_resident_memory_bytes{job=~".*(gateway|orchestrator).*"}', legend: '{{job}} {{instance}}' }),
        lines({ title: 'Processor time', description: 'Cores, by process.' }, { expr: 'rate(process_cpu_seconds_total{job=~".*(gateway|orchestrator).*"}[$__rate_interval])', legend: '{{job}} {{instance}}' }),
        lines({ title: 'Delay of the event loop', description: '99 of 100; above a tenth of a second the process is overloaded.', unit: 's' }, { expr: 'nodejs_eventloop_lag_p99_seconds{job=~".*(gateway|orchestrator).*"}', legend: '{{job}} {{instance}}' }),
      ],
    },
  ],
};
