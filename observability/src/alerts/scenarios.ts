/** Values of a series minute by minute, in promtool's notation: `0+60x90` begins at 0 and grows by 60 ninety times; `_` is a minute without a sample. */
export type Series = Readonly<Record<string, string>>;

/** What happens to a fleet, and which alarms it raises: exactly these, beside the watchdog. */
export interface Scenario {
  readonly name: string;
  /** Replaces the values of series of the healthy fleet, and adds others. */
  readonly series?: Series;
  /** Series of the healthy fleet whose name or labels contain one of these do not exist. */
  readonly without?: readonly string[];
  /** By minute: how many alarms of which name fire. */
  readonly firing: Readonly<Record<number, Readonly<Record<string, number>>>>;
}

export const tenants = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] as const;
const minutes = 120;
const always = (value: number | string) => `${value}x${minutes}`;
const clock = `0+60x${minutes}`;

function ofEach(toSeries: (tenant: string) => Series): Series {
  return Object.assign({}, ...tenants.map(toSeries)) as Series;
}

/** Ten active clients that are kept in step by one replica of each service. */
export const healthyFleet: Series = {
  'kds_build_info{component="keycrm-gateway"}': always(1),
  'kds_build_info{component="dilovod-gateway"}': always(1),
  'kds_build_info{component="sync-orchestrator"}': always(1),
  'kds_dependency_available{dependency="postgres"}': always(1),
  'kds_dependency_available{dependency="jetstream"}': always(1),
  'kds_tenant_source_last_look_timestamp_seconds{job="sync-orchestrator"}': clock,
  'kds_job_last_turn_timestamp_seconds{name="dispatch"}': clock,
  'kds_job_turns_total{name="dispatch",result="done"}': clock,
  'kds_job_turns_total{name="schedules",result="done"}': clock,
  'kds_outcomes_total{system="keycrm",kind="list-orders",outcome="done"}': `0+20x${minutes}`,
  'kds_bus_consumer_pending_messages{consumer="orchestrator-outcome"}': always(3),
  'kds_dead_letters{consumer="orchestrator-outcome"}': always(0),
  'kds_db_pool_connections{state="waiting",instance="one"}': always(0),
  'kds_db_query_seconds_bucket{instance="one",le="0.005"}': `0+99x${minutes}`,
  'kds_db_query_seconds_bucket{instance="one",le="10"}': `0+100x${minutes}`,
  'kds_db_query_seconds_bucket{instance="one",le="+Inf"}': `0+100x${minutes}`,
  ...ofEach((tenant) => ({
    [`kds_tenant_info{tenant="${tenant}",state="active",mode="live"}`]: always(1),
    [`kds_sync_promised_age_seconds{tenant="${tenant}",flow="stock"}`]: always(1_320),
    [`kds_sync_age_seconds{tenant="${tenant}",flow="stock"}`]: always(300),
    [`kds_lane_runnable_age_seconds{tenant="${tenant}",system="keycrm",pool="shared"}`]: always(0),
    [`kds_held_orders{tenant="${tenant}",reason="sku-unknown"}`]: always(2),
    [`kds_drift_last_hour{tenant="${tenant}",class="lost-write"}`]: always(1),
  })),
};

/** Since a minute nothing of a flow of these clients has been proved. */
function lateSince(minute: number, which: readonly string[]): Series {
  return Object.fromEntries(which.map((tenant) => [`kds_sync_age_seconds{tenant="${tenant}",flow="stock"}`, `${always(300).replace(`x${minutes}`, `x${minute}`)} 300+60x${minutes - minute}`]));
}

function lanesFailing(system: string, { reason, which, from = 0, until = minutes }: { readonly reason: string; readonly which: readonly string[]; readonly from?: number; readonly until?: number }): Series {
  const values = `${from === 0 ? '' : `_x${from} `}3+1x${until - from}`;
  return Object.fromEntries(which.map((tenant) => [`kds_lane_failures{tenant="${tenant}",system="${system}",pool="shared",reason="${reason}"}`, values]));
}

const outage: Series = { ...lanesFailing('dilovod', { reason: 'timeout', which: tenants, from: 10, until: 90 }), ...lateSince(10, tenants) };

export const scenarios: readonly Scenario[] = [
  { name: 'a healthy fleet', firing: { 10: {}, 120: {} } },

  { name: 'E5: an API that is out for everybody is one alarm, however long and however late it makes everything', series: outage, firing: { 9: {}, 15: { KdsApiOutage: 1 }, 60: { KdsApiOutage: 1 }, 89: { KdsApiOutage: 1 } } },
  {
    name: 'an API that is out for everybody, seen by many replicas, is one alarm',
    series: Object.fromEntries(Object.entries(outage).flatMap(([name, values]) => ['one', 'two', 'three'].map((instance) => [name.replace('}', `,instance="${instance}"}`), values]))),
    firing: { 60: { KdsApiOutage: 1 } },
  },
  { name: 'keys that are rejected for everybody at once are an outage, not wrong keys', series: lanesFailing('keycrm', { reason: 'bad-key', which: tenants }), firing: { 30: { KdsApiOutage: 1 } } },
  { name: 'E5: a maintenance page with status 200 for everybody is an outage', series: lanesFailing('dilovod', { reason: 'html', which: tenants, from: 10, until: 90 }), firing: { 9: {}, 60: { KdsApiOutage: 1 } } },
  { name: 'E8: gateways that say nothing of keys are no outage of an API', series: lanesFailing('keycrm', { reason: 'gateway-silent', which: ['a'] }), firing: { 5: {}, 60: { KdsLaneFailing: 1 } } },
  { name: 'both APIs out are two alarms', series: { ...outage, ...lanesFailing('keycrm', { reason: 'unreachable', which: tenants, from: 10, until: 90 }) }, firing: { 60: { KdsApiOutage: 2 } } },
  { name: 'lanes that are throttled, or that were taken over, are no outage', series: lanesFailing('keycrm', { reason: 'lease-expired', which: tenants }), firing: { 60: {} } },
  { name: 'an API that fails one client only', series: { ...lanesFailing('keycrm', { reason: 'server-error', which: ['a'] }), ...lateSince(5, ['a']) }, firing: { 5: {}, 60: { KdsLaneFailing: 1 }, 120: { KdsLaneFailing: 1 } } },
  { name: 'a rejected key is that alarm and no other', series: { ...lanesFailing('dilovod', { reason: 'bad-key', which: ['a'] }), ...lateSince(5, ['a']) }, firing: { 2: {}, 10: { KdsKeyRejected: 1 }, 120: { KdsKeyRejected: 1 } } },

  { name: 'a third of the clients late, for no cause that is known', series: lateSince(5, ['a', 'b', 'c', 'd']), firing: { 20: {}, 60: { KdsSyncLateFast: 1 }, 110: { KdsSyncLateFast: 1 } } },
  {
    name: 'a part of the fleet late on and off for hours is slow burn',
    series: Object.fromEntries(['a', 'b', 'c'].map((tenant) => [`kds_sync_age_seconds{tenant="${tenant}",flow="stock"}`, `${'300x12 2000x7 '.repeat(6)}`])),
    firing: { 20: {}, 60: { KdsSyncLateSlow: 1 }, 110: { KdsSyncLateSlow: 1 } },
  },
  { name: 'one client of ten late', series: lateSince(5, ['a']), firing: { 30: {}, 60: { KdsTenantLate: 1 }, 110: { KdsTenantLate: 1 } } },
  { name: 'a client late for a quarter of an hour and then in step again', series: { 'kds_sync_age_seconds{tenant="a",flow="stock"}': `300x20 2000x12 300x${minutes - 33}` }, firing: { 35: {}, 60: {} } },
  { name: 'nothing happens', series: { 'kds_outcomes_total{system="keycrm",kind="list-orders",outcome="done"}': `0+20x60 1200x${minutes - 61}` }, firing: { 65: {}, 90: { KdsNothingHappens: 1 } } },
  { name: 'nothing happens where there is no active client', without: ['kds_tenant_info', 'kds_sync_', 'kds_outcomes_total'], firing: { 60: {} } },

  { name: 'a guard holds a run', series: { 'kds_held_runs{tenant="a",flow="stock",reason="snapshot-shrunken"}': `_x20 1x${minutes - 20}` }, firing: { 10: {}, 30: { KdsGuardHeld: 1 } } },
  { name: 'many orders held', series: { 'kds_held_orders{tenant="a",reason="sku-unknown"}': always(15), 'kds_held_orders{tenant="a",reason="totals"}': always(10) }, firing: { 30: {}, 90: { KdsManyOrdersHeld: 1 } } },
  { name: 'drift grows', series: { 'kds_drift_last_hour{tenant="a",class="lost-write"}': `2x60 2+3x${minutes - 61}` }, firing: { 60: {}, 110: { KdsDriftGrows: 1 } } },
  { name: 'much drift that stands still, and edits by hand', series: { 'kds_drift_last_hour{tenant="a",class="lost-write"}': always(50), 'kds_drift_last_hour{tenant="b",class="manual-edit"}': `0+10x${minutes}` }, firing: { 60: {}, 110: {} } },
  { name: 'a manifest that cannot be used', series: { 'kds_tenant_info{tenant="z",state="invalid",mode="none"}': always(1) }, firing: { 3: {}, 10: { KdsTenantInvalid: 1 } } },

  { name: 'dead letters', series: { 'kds_dead_letters{consumer="orchestrator-outcome"}': `0x20 2x${minutes - 21}` }, firing: { 15: {}, 25: { KdsDeadLetters: 1 } } },
  { name: 'commands that could go and do not', series: { 'kds_lane_runnable_age_seconds{tenant="a",system="keycrm",pool="shared"}': `0x10 0+60x${minutes - 11}` }, firing: { 13: {}, 30: { KdsDispatchStuck: 1 } } },
  { name: 'no dispatcher goes through', series: { 'kds_job_last_turn_timestamp_seconds{name="dispatch"}': `0+60x10 600x${minutes - 11}` }, firing: { 10: {}, 30: { KdsDispatchStuck: 1 } } },
  { name: 'one dispatcher of two stands still', series: { 'kds_job_last_turn_timestamp_seconds{name="dispatch",instance="two"}': always(0) }, firing: { 30: {} } },
  { name: 'a job that fails', series: { 'kds_job_turns_total{name="schedules",result="done"}': always(100), 'kds_job_turns_total{name="schedules",result="failed"}': clock }, firing: { 3: {}, 30: { KdsJobFails: 1 } } },
  {
    name: 'Postgres away is that alarm and no other',
    series: { 'kds_dependency_available{dependency="postgres"}': `1x10 0x${minutes - 11}`, 'kds_job_last_turn_timestamp_seconds{name="dispatch"}': `0+60x10 600x${minutes - 11}`, 'kds_job_turns_total{name="dispatch",result="failed"}': clock, 'kds_outcomes_total{system="keycrm",kind="list-orders",outcome="done"}': `0+20x10 200x${minutes - 11}` },
    firing: { 10: {}, 60: { KdsDependencyDown: 1 } },
  },
  { name: 'JetStream away is that alarm and no other', series: { 'kds_dependency_available{dependency="jetstream"}': `1x10 0x${minutes - 11}`, ...lateSince(10, tenants), 'kds_outcomes_total{system="keycrm",kind="list-orders",outcome="done"}': `0+20x10 200x${minutes - 11}` }, firing: { 10: {}, 90: { KdsDependencyDown: 1 } } },
  { name: 'Postgres too slow', series: { 'kds_db_query_seconds_bucket{instance="one",le="0.005"}': `0+50x${minutes}` }, firing: { 4: {}, 30: { KdsDatabaseSlow: 1 } } },
  { name: 'callers that wait for a connection for minutes', series: { 'kds_db_pool_connections{state="waiting",instance="one"}': `0x10 4x${minutes - 11}` }, firing: { 12: {}, 30: { KdsDatabaseSlow: 1 } } },
  { name: 'messages that pile up', series: { 'kds_bus_consumer_pending_messages{consumer="orchestrator-outcome"}': `3x10 0+200x${minutes - 11}` }, firing: { 12: {}, 40: { KdsBusBacklog: 1 } } },
  { name: 'tenants that cannot be read', series: { 'kds_tenant_source_last_look_timestamp_seconds{job="sync-orchestrator"}': `0+60x10 600x${minutes - 11}` }, firing: { 12: {}, 30: { KdsTenantSourceStale: 1 } } },
  { name: 'a gateway that is not there is that alarm and no other', series: lateSince(10, tenants), without: ['dilovod-gateway'], firing: { 1: {}, 90: { KdsServiceMissing: 1 } } },
];
