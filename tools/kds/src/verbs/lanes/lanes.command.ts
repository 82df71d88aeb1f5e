import { Command } from 'commander';
import { ageOf, shortSpan } from '../../screen/durations.js';
import { type Column, printable, tableOf, wrapped } from '../../screen/table.js';
import type { World } from '../../world.js';
import { type Screen, verb } from '../verb.js';
import { type LaneOverview, listLanes, type Urgency } from './lane-overview.js';

/** `kds lanes` */
export function lanesCommand(world: World): Command {
  const command = new Command('lanes')
    .description('The single files in which commands wait for KeyCRM and Dilovod: by urgency, in flight, requests of the last minute, why a lane rests')
    .option('--tenant <name>', 'of this tenant only');
  return verb(command, world, async ({ read }, { tenant }: { readonly tenant?: string }) => {
    const lanes = await read((ledger) => listLanes(ledger, tenant));
    return { json: lanes, text: (screen) => textOf(lanes, screen) };
  });
}

export function textOf(lanes: readonly LaneOverview[], { width, now }: Screen): string {
  if (lanes.length === 0) return 'There are no lanes: no tenant has had a valid manifest yet.\n';
  const waiting = (title: string, urgency: Urgency): Column<LaneOverview> => ({ title, align: 'right', cell: (lane) => String(lane.waiting[urgency]) });
  const columns: readonly Column<LaneOverview>[] = [
    { title: 'TENANT', wraps: true, cell: ({ tenant }) => tenant },
    { title: 'SYSTEM', cell: ({ system }) => system },
    waiting('ORDERS', 'orders'),
    waiting('STOCK', 'stockAndPrices'),
    waiting('READ', 'readBack'),
    waiting('FILL', 'backFill'),
    { title: 'OLDEST', align: 'right', cell: ({ oldestWaitingSince }) => (oldestWaitingSince === null ? '–' : ageOf(oldestWaitingSince, now)) },
    { title: 'FLYING', align: 'right', cell: ({ inFlight, maxInFlight }) => `${inFlight}/${maxInFlight}` },
    { title: 'USED', align: 'right', cell: usedText },
    { title: 'RESTS', wraps: true, cell: (lane) => restText(lane, now) },
  ];
  const notes = [...new Set(lanes.flatMap(sharingOf))].flatMap((note) => wrapped(printable(note), width));
  return tableOf(columns, lanes, width) + (notes.length === 0 ? '' : `\n${notes.join('\n')}\n`);
}

/** Whoever has the same base URL and key has the same requests and turns. */
function sharingOf({ tenant, system, sharedWith }: LaneOverview): readonly string[] {
  if (sharedWith.length === 0) return [];
  const names = [tenant, ...sharedWith].sort().join(', ');
  return [`${names} share one key of ${system}: budget, turns and rests are theirs together`];
}

/** Of the account's requests a minute; and of how many declared, where fewer are assumed. */
function usedText({ used, perMinute, declaredPerMinute }: LaneOverview): string {
  if (perMinute === null) return String(used);
  return declaredPerMinute !== null && perMinute < declaredPerMinute ? `${used}/${perMinute} of ${declaredPerMinute}` : `${used}/${perMinute}`;
}

function restText({ rest, tenantState, account }: LaneOverview, now: Date): string {
  if (tenantState !== 'active') return tenantState;
  if (account === null && rest === null) return 'asks whose key it is';
  return rest === null ? '' : `${shortSpan(rest.until.getTime() - now.getTime())} more: ${rest.reason}`;
}
