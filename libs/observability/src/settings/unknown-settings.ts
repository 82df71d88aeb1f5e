import { type Environment, settingsGiven } from './read-settings.js';

/** Every name of ours that some part of the system reads; one environment may serve several of them. */
const known = [
  ...['KDS_ALLOWED_HOSTS', 'KDS_CONCURRENCY', 'KDS_HTTP_HOST', 'KDS_HTTP_PORT', 'KDS_LOG_LEVEL', 'KDS_NAMESPACE', 'KDS_POOLS', 'KDS_TENANTS_DIR', 'KDS_TENANTS_SOURCE', 'KDS_TRACES', 'KDS_VERSION'],
  // Compose
  ...['KDS_TENANTS', 'KDS_POSTGRES_PASSWORD', 'KDS_POSTGRES_IMAGE', 'KDS_NATS_IMAGE', 'KDS_KEYCRM_GATEWAY_PORT', 'KDS_DILOVOD_GATEWAY_PORT', 'KDS_ORCHESTRATOR_PORT'],
  ...['KDS_KEYCRM_SIMULATOR_PORT', 'KDS_DILOVOD_SIMULATOR_PORT'],
  // embedded servers, tests and simulators
  ...['KDS_NATS_SERVER', 'KDS_TEST_SERVERS', 'KDS_KEYCRM_OPENAPI', 'KDS_STOCK_MS', 'KDS_STOCK_RUNS', 'KDS_STOCK_SEED'],
];

/** Kubernetes tells every pod of the Services beside it: of one named `kds-nats`, in `KDS_NATS_SERVICE_HOST` and `KDS_NATS_PORT=tcp://…`. */
const ofKubernetes = /_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/;
const addressOfKubernetes = /^(tcp|udp|sctp):\/\//;

/**
 * Names that begin like ours and that nothing reads, in words: each may be a slip of the pen. They are told and not refused, since a name that an older or a
 * newer version reads must not keep a service from starting.
 */
export function unknownSettings(env: Environment): readonly string[] {
  return Object.entries(settingsGiven(env))
    .filter(([name, value]) => name.startsWith('KDS_') && !known.includes(name) && !ofKubernetes.test(name) && !addressOfKubernetes.test(value))
    .map(([name]) => `${name} is set, and nothing reads it${meant(name)}`)
    .sort();
}

function meant(name: string): string {
  const [nearest] = known.map((one) => ({ one, slips: slipsBetween(name, one) })).sort((a, b) => a.slips - b.slips);
  return nearest !== undefined && nearest.slips <= 3 ? `: is ${nearest.one} meant?` : '';
}

/** Letters that are to be put in, left out or changed to make one word of the other. */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const before = row;
    row = [i];
    for (let j = 1; j <= b.length; j += 1) row[j] = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
  }
  return row[b.length] ?? 0;
}
