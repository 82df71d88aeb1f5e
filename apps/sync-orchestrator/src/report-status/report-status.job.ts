import { endRecurring, type Logger, logRecurring } from '@kds/observability';
import { ledgerOn } from '@kds/persistence';
import type { TenantObject, TenantObjects, TenantRecord, TenantSource } from '@kds/tenancy';
import type { DataSource } from 'typeorm';
import { decideStanding } from './decide-standing.js';
import { eventsBetween } from './events-between.js';
import { isWorthWriting } from './is-worth-writing.js';
import { listTenantFacts } from './list-tenant-facts.js';
import type { TenantFacts } from './tenant-facts.js';
import { toTenantStatus } from './to-tenant-status.js';

export interface ReportDeps {
  readonly database: DataSource;
  readonly objects: TenantObjects;
  readonly source: Pick<TenantSource, 'tenants'>;
  readonly logger: Logger;
}

/** Writes at one time; an API server has others to serve. */
const sideBySide = 8;

/**
 * Writes how every tenant stands to its object, where that changed, and what happened as events. Any number of instances may do so at once: a status is
 * written on the version that it was computed from, the objects are taken before the facts, and only who wrote tells.
 */
export async function reportStatus(deps: ReportDeps): Promise<boolean> {
  const objects = deps.objects.all().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const records = new Map(deps.source.tenants().map((record) => [record.state === 'valid' ? record.tenant.name : record.name, record]));
  const facts = new Map((await listTenantFacts(ledgerOn(deps.database.manager))).map((one) => [one.name, one]));
  const reports = objects.flatMap((object) => {
    const [record, known] = [records.get(object.metadata.name), facts.get(object.metadata.name)];
    return record !== undefined && known !== undefined && speaksOf(known, record) ? [{ object, facts: known, generation: generationOf(record, object) }] : [];
  });
  for (let done = 0; done < reports.length; done += sideBySide) await Promise.all(reports.slice(done, done + sideBySide).map((report) => reportOne(deps, report)));
  return false;
}

/** Has the ledger taken over this manifest? Until then there is nothing to say about it. */
function speaksOf(facts: TenantFacts, record: TenantRecord): boolean {
  if (record.state === 'invalid') return facts.state === 'invalid' && JSON.stringify(facts.problems.map(({ path, reason }) => [path, reason])) === JSON.stringify(record.problems.map(({ path, reason }) => [path, reason]));
  return (facts.state === 'active' || facts.state === 'suspended' || facts.firmTakenBy !== null) && facts.revision === record.tenant.revision;
}

function generationOf(record: TenantRecord, { metadata }: TenantObject): number | undefined {
  return record.state === 'valid' ? record.tenant.generation : metadata.generation;
}

interface Report {
  readonly object: TenantObject;
  readonly facts: TenantFacts;
  readonly generation: number | undefined;
}

/** One tenant whose status cannot be written keeps no other from being reported. */
async function reportOne({ objects, logger }: ReportDeps, { object, facts, generation }: Report): Promise<void> {
  const now = new Date();
  const before = object.status;
  const status = toTenantStatus(facts, { standing: decideStanding(facts, now), before, generation, now });
  if (!isWorthWriting(before, status, now)) return;
  const what = `status of ${facts.name}`;
  try {
    if ((await objects.writeStatus(object, status)) === 'outdated') return;
    for (const event of eventsBetween(before, status)) await objects.record(object, event);
    endRecurring(logger, what);
  } catch (error) {
    logRecurring(logger, { what, error, fields: { tenant: facts.name }, message: 'the status cannot be written, and will be at the next turn' });
  }
}
