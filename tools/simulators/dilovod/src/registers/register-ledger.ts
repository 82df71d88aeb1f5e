import { Big } from 'big.js';
import { type RegisterDefinition } from '../metadata/type-definition.js';
import { noReference } from '../metadata/stored-value.js';

export type Resources = Readonly<Record<string, Big>>;

/** What a posted document did to a register: positive resources came, negative went. */
export interface Movement {
  readonly recorder: string;
  readonly period: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly resources: Resources;
}

interface Turnover {
  readonly start: Resources;
  readonly receipt: Resources;
  readonly expense: Resources;
}

/** Everything that ever moved under one set of dimension values, with the running total. */
export class LedgerEntry {
  private totals: Record<string, Big> = {};
  private kept: Movement[] = [];
  private latest = '';

  constructor(readonly dimensions: Readonly<Record<string, string>>) {}

  movements(): readonly Movement[] {
    return this.kept;
  }

  write(movement: Movement): void {
    this.kept.push(movement);
    addTo(this.totals, movement.resources, 1);
    if (movement.period > this.latest) this.latest = movement.period;
  }

  erase(recorder: string): void {
    for (const movement of this.kept) if (movement.recorder === recorder) addTo(this.totals, movement.resources, -1);
    this.kept = this.kept.filter((movement) => movement.recorder !== recorder);
    this.latest = this.kept.reduce((latest, movement) => (movement.period > latest ? movement.period : latest), '');
  }

  /** The balance at a moment, that moment included; the final one when absent. */
  totalsAt(moment?: string): Resources {
    if (moment === undefined || moment >= this.latest) return this.totals;
    const totals: Record<string, Big> = {};
    for (const movement of this.kept) if (movement.period <= moment) addTo(totals, movement.resources, 1);
    return totals;
  }

  /** Opening balance, receipts and expenses (positive) of the moments from `from` to `to`, both included. */
  turnover(from: string, to: string): Turnover {
    const [start, receipt, expense]: Record<string, Big>[] = [{}, {}, {}];
    for (const { period, resources } of this.kept) {
      if (period < from) addTo(start!, resources, 1);
      else if (period <= to) {
        for (const [name, value] of Object.entries(resources)) addTo(value.lt(0) ? expense! : receipt!, { [name]: value }, value.lt(0) ? -1 : 1);
      }
    }
    return { start: start!, receipt: receipt!, expense: expense! };
  }
}

/** The movements of one register, kept by dimension values and by the document that made them. */
export class RegisterLedger {
  private readonly entries = new Map<string, LedgerEntry>();
  private readonly byGood = new Map<string, LedgerEntry[]>();
  private readonly byRecorder = new Map<string, readonly Movement[]>();
  private readonly dimensionNames: readonly string[];

  constructor(readonly definition: RegisterDefinition) {
    this.dimensionNames = Object.keys(definition.dimensions);
  }

  all(): Iterable<LedgerEntry> {
    return this.entries.values();
  }

  ofGood(good: string): readonly LedgerEntry[] {
    return this.byGood.get(good) ?? [];
  }

  ofRecorder(recorder: string): readonly Movement[] {
    return this.byRecorder.get(recorder) ?? [];
  }

  /** The entry under these dimension values; those that are not named are empty. */
  find(dimensions: Readonly<Record<string, string>>): LedgerEntry | undefined {
    return this.entries.get(this.keyOf(dimensions));
  }

  /** Writes what a document moves, in place of what it moved before. */
  replace(recorder: string, movements: readonly Movement[]): void {
    for (const movement of this.ofRecorder(recorder)) this.find(movement.dimensions)?.erase(recorder);
    this.byRecorder.delete(recorder);
    if (movements.length === 0) return;
    this.byRecorder.set(recorder, movements);
    for (const movement of movements) this.entryFor(movement.dimensions).write(movement);
  }

  private entryFor(given: Readonly<Record<string, string>>): LedgerEntry {
    const key = this.keyOf(given);
    const known = this.entries.get(key);
    if (known) return known;
    const dimensions = Object.fromEntries(this.dimensionNames.map((name) => [name, given[name] ?? noReference]));
    const entry = new LedgerEntry(dimensions);
    this.entries.set(key, entry);
    const good = dimensions['good'] ?? noReference;
    this.byGood.set(good, [...this.ofGood(good), entry]);
    return entry;
  }

  private keyOf(dimensions: Readonly<Record<string, string>>): string {
    return this.dimensionNames.map((name) => dimensions[name] ?? noReference).join('|');
  }
}

const zero = new Big(0);

/** The value of a resource, zero where nothing moved it. */
export function resource(resources: Resources, name: string): Big {
  return resources[name] ?? zero;
}

/** Adds `sign` times the resources to a total. */
export function addTo(totals: Record<string, Big>, resources: Resources, sign: 1 | -1): void {
  for (const [name, value] of Object.entries(resources)) {
    const signed = sign === 1 ? value : value.neg();
    totals[name] = totals[name]?.plus(signed) ?? signed;
  }
}
