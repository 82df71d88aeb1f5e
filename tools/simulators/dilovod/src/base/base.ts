import { FaultPlan, RequestLog, seededRandom } from '@kds/simulator-kit';
import { goodsRegister, saleIncomesRegister, saleOrderControlRegister } from '../metadata/register-types.js';
import { Schema } from '../metadata/schema.js';
import { PriceDays } from '../registers/price-days.js';
import { RegisterLedger } from '../registers/register-ledger.js';
import { defaultSwitches, type Switches } from '../switches.js';
import { BaseClock } from './base-clock.js';
import { ClientDiscipline } from './client-discipline.js';
import { KeyRing } from './key-ring.js';
import { ObjectStore, type StoredObject } from './object-store.js';
import { PageDrift } from './page-drift.js';
import { type Session } from './session.js';
import { SingleThread } from './single-thread.js';
import { WebhookSender } from './webhook-sender.js';

/** One customer's base: everything in it, how it behaves, and what was seen of its callers. */
export class Base {
  readonly schema: Schema;
  readonly objects = new ObjectStore();
  readonly goods = new RegisterLedger(goodsRegister);
  readonly orders = new RegisterLedger(saleOrderControlRegister);
  readonly incomes = new RegisterLedger(saleIncomesRegister);
  readonly ledgers: readonly RegisterLedger[] = [this.goods, this.orders, this.incomes];
  readonly priceDays = new PriceDays();
  readonly clock = new BaseClock();
  readonly keys = new KeyRing();
  readonly singleThread = new SingleThread();
  readonly webhooks = new WebhookSender();
  readonly log: RequestLog;
  readonly faults: FaultPlan;
  readonly discipline: ClientDiscipline;
  readonly random: () => number;
  /** Ids that somebody edits in the UI. */
  readonly locked = new Set<string>();
  /** Rows that lists miss. */
  readonly drift = new PageDrift();
  /** What required attributes are called in refusals, where somebody renamed them. */
  readonly labels = new Map<string, string>();
  /** Documents dated before this `YYYY-MM-DD` belong to a closed period. */
  closedBefore = '';
  /** What people call the closed period. */
  closedPeriod = '';
  /** How long every request takes at least. */
  latencyMs = 0;

  constructor(
    readonly name: string,
    public switches: Switches = defaultSwitches,
    seed = 1,
  ) {
    this.schema = new Schema(switches);
    this.log = new RequestLog(name);
    this.faults = new FaultPlan(seed);
    this.random = seededRandom(seed);
    this.discipline = new ClientDiscipline(this.log);
  }

  changeSwitches(positions: Partial<Switches>): void {
    this.switches = { ...this.switches, ...positions };
    this.schema.follow(this.switches);
  }

  /** Keeps a new state of an object under the next version, and tells those who watch. */
  store(object: StoredObject, session: Session): StoredObject {
    const before = this.objects.find(object.id);
    const version = String(Number(before?.header['version'] ?? 0) + 1);
    const hasVersion = this.schema.load(object.type).header['version'] !== undefined;
    const stored = hasVersion ? { ...object, header: { ...object.header, version } } : object;
    this.objects.put(stored);
    this.priceDays.observeStored(stored);
    this.discipline.observeStored(stored, session);
    const marked = before !== undefined && before.header['delMark'] !== '1' && stored.header['delMark'] === '1';
    this.webhooks.objectChanged({ objectName: stored.type, id: stored.id, origin: session.origin, marked }, this.switches);
    return stored;
  }
}
