import { exportedMetrics } from './exported-metrics.js';
import { metricUses } from './metric-uses.js';

/** `docs/metrics.md`: every metric, its labels, and where it is looked at. */
export function metricsDocument(): string {
  const uses = metricUses();
  const rows = exportedMetrics().map(({ name, type, of, labels, help }) => {
    const used = (uses.get(name) ?? []).map((place) => (place.startsWith('kds: ') ? place.slice('kds: '.length) : `\`${place}\``));
    return `| \`${name}\` | ${type}, ${of} | ${labels.join(', ')} | ${help} | ${used.join(', ')} |`;
  });
  return `${head}${rows.join('\n')}\n`;
}

const head = `# Metrics

Written by \`node observability/dist/write-files.js\` from what the services define; a test keeps them the same. Each service answers \`GET /metrics\`.

* A tenant is a label, an order never is. A tenant that is removed takes its series along.
* What the orchestrator reads from the ledger and from the bus is read when Prometheus asks, at most every 15 s, and is the same from every replica: join
  it with \`max\`, never with \`sum\` over replicas. What a process counts itself is added up.
* Ages and moments are seconds. Beside these, every service has the usual metrics of a Node.js process (\`process_…\`, \`nodejs_…\`).
* KEDA scales the gateways of a pool on \`kds_lane_runnable_commands\` and \`kds_lane_in_flight_commands\` together: what could go, and what is with a gateway
  now. Neither an outage nor a budget that is used up makes a command runnable, and the bus is no measure of work: what waits, waits in the ledger.

| metric | type, of | labels | what it says | looked at in |
|---|---|---|---|---|
`;
