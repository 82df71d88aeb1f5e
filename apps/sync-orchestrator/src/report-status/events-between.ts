import type { TenantEvent, TenantStatus } from '@kds/tenancy';

type Seen = Partial<TenantStatus> | undefined;

/** What became different that a person would want to know: one event for a cause, whatever the number of orders or rows. */
export function eventsBetween(before: Seen, after: TenantStatus): readonly TenantEvent[] {
  return [...standing(before, after), ...warned(before, after), ...heldOrders(before, after), ...heldRuns(before, after), ...drift(before, after), ...handled(before, after)];
}

/** Standings that are no news, or told by another event. */
const untold = new Set(['Starting', 'RunHeld']);
const normal = new Set(['InStep', 'Suspended']);

function standing(before: Seen, after: TenantStatus): TenantEvent[] {
  const [was, is] = [before, after].map((status) => status?.conditions?.find(({ type }) => type === 'Ready'));
  if (is === undefined || untold.has(is.reason)) return [];
  // Another mistake in a manifest is another cause.
  const cause = is.reason === 'InvalidManifest' ? is.message : is.reason;
  if (was?.reason === is.reason && (is.reason !== 'InvalidManifest' || was.message === is.message)) return [];
  return [{ type: normal.has(is.reason) ? 'Normal' : 'Warning', reason: is.reason === 'InStep' ? 'Ready' : is.reason, cause, message: is.message }];
}

function warned(before: Seen, after: TenantStatus): TenantEvent[] {
  const [was, is] = [before, after].map((status) => status?.conditions?.find(({ type }) => type === 'Warned'));
  if (is === undefined || (was?.reason === is.reason && was.message === is.message)) return [];
  return [{ type: 'Warning', reason: is.reason, cause: is.reason, message: is.message }];
}

function heldOrders(before: Seen, after: TenantStatus): TenantEvent[] {
  const [was, is] = [before?.held?.orders ?? [], after.held.orders];
  const came = is.filter(({ reason }) => !was.some((one) => one.reason === reason));
  const went = was.filter(({ reason }) => !is.some((one) => one.reason === reason));
  return [
    ...came.map(({ reason, count, first, message }): TenantEvent => ({
      type: 'Warning', reason: 'OrdersHeld', cause: reason,
      message: `${count === 1 ? 'one order is' : `${count} orders are`} held, ${reason}: order ${first}${message === undefined ? '' : `: ${message}`}`,
    })),
    ...went.map(({ reason }): TenantEvent => ({ type: 'Normal', reason: 'OrdersGo', cause: reason, message: `no order is held any more, ${reason}` })),
  ];
}

function heldRuns(before: Seen, after: TenantStatus): TenantEvent[] {
  const [was, is] = [before?.held?.runs ?? [], after.held.runs];
  const came = is.filter((run) => !was.some(({ flow, reason }) => flow === run.flow && reason === run.reason));
  const went = was.filter((run) => !is.some(({ flow }) => flow === run.flow));
  return [
    ...came.map(({ flow, reason, message }): TenantEvent => ({ type: 'Warning', reason: 'RunHeld', cause: `${flow} ${reason}`, message: `the ${flow} run is held: ${message}` })),
    ...went.map(({ flow }): TenantEvent => ({ type: 'Normal', reason: 'RunGoes', cause: flow, message: `the ${flow} run is no longer held` })),
  ];
}

function drift(before: Seen, after: TenantStatus): TenantEvent[] {
  if (after.drift === 0 || (before?.drift ?? 0) > 0) return [];
  return [{ type: 'Warning', reason: 'DriftFound', cause: 'drift', message: 'KeyCRM held something else than it was told; it is written again. `kds drift` shows what' }];
}

function handled(before: Seen, after: TenantStatus): TenantEvent[] {
  return after.handled
    .filter(({ verb, at }) => !before?.handled?.some((one) => one.verb === verb && one.at === at))
    .map(({ verb, value, result }) => ({ type: 'Normal', reason: 'Handled', cause: `${verb} ${value}`, message: `kds.io/${verb}: ${result}` }));
}
