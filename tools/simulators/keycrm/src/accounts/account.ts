import { FaultPlan, RequestLog } from '@kds/simulator-kit';
import { Buyers } from '../buyers/buyer.js';
import { Catalogue } from '../catalogue/catalogue.js';
import { Dictionaries } from '../dictionaries/dictionaries.js';
import { MissedRows } from '../http/missed-rows.js';
import { RateWindow } from '../http/rate-window.js';
import { wholeSecond } from '../moments.js';
import type { Order } from '../orders/order.js';
import { StockLedger } from '../stock/stock-ledger.js';
import { defaultSwitches, type SwitchChanges, type Switches, withSwitches } from '../switches.js';
import { Webhooks } from '../webhooks/webhooks.js';
import { AddressWindows, Callers } from './callers.js';
import { Pause } from './pause.js';
import { PendingWrites } from './pending-writes.js';

export interface AccountSettings {
  /** Entering this status reserves the lines; null: nothing ever reserves. */
  reserveStatusId: number | null;
  /** Entering this status writes the lines off; null: nothing ever does. */
  writeOffStatusId: number | null;
  currencyCode: string;
  /** How long a bulk write waits when `bulkApply` is `delayed`. */
  bulkDelayMs: number;
  /** How long a webhook waits at most when it is delayed, shuffled or retried. */
  webhookDelayMs: number;
}

export interface NewAccount {
  readonly name: string;
  readonly apiKey: string;
  readonly settings?: Partial<AccountSettings>;
  readonly switches?: SwitchChanges;
  /** Of every chance in this account: the same seed gives the same run. */
  readonly seed?: number;
  readonly latencyMs?: number;
  readonly requestsPerMinute?: number;
}

const defaultSettings: AccountSettings = { reserveStatusId: null, writeOffStatusId: null, currencyCode: 'UAH', bulkDelayMs: 300, webhookDelayMs: 200 };

/** One shop: all that it holds, how it is set up, and how its API behaves. */
export class Account {
  readonly name: string;
  /** The newest last. */
  readonly apiKeys: string[];
  readonly settings: AccountSettings;
  switches: Switches;
  latencyMs: number;

  readonly dictionaries = new Dictionaries();
  readonly catalogue = new Catalogue();
  readonly stock = new StockLedger();
  readonly buyers = new Buyers();
  readonly orders = new Map<number, Order>();

  /** Of the key. */
  readonly rate: RateWindow;
  /** Of the key at each address. */
  readonly pairRates = new AddressWindows();
  readonly missedRows = new MissedRows();
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly webhooks: Webhooks;
  readonly pendingWrites = new PendingWrites();
  readonly pause = new Pause();
  /** Until when (ms of `performance.now`) a scripted burst of 429 lasts. */
  throttledUntil = 0;
  private lastId = 9000;

  constructor(
    wanted: NewAccount,
    readonly callers = new Callers(),
  ) {
    const seed = wanted.seed ?? 1;
    this.name = wanted.name;
    this.apiKeys = [wanted.apiKey];
    this.settings = { ...defaultSettings, ...wanted.settings };
    this.switches = withSwitches(defaultSwitches, wanted.switches ?? {});
    this.latencyMs = wanted.latencyMs ?? 0;
    this.rate = new RateWindow(wanted.requestsPerMinute ?? 60);
    this.faults = new FaultPlan(seed);
    this.log = new RequestLog(wanted.name);
    this.webhooks = new Webhooks({ seed: seed + 1, switches: () => this.switches, delayMs: () => this.settings.webhookDelayMs });
  }

  /** Whether one of its keys still lets requests in. */
  accepts(key: string): boolean {
    return key === this.apiKeys.at(-1) || this.switches.replacedKey === 'accepted';
  }

  /** The present moment as the account writes it down. */
  now(): Date {
    return wholeSecond(new Date());
  }

  /** Ids of orders, lines, payments and expenses. */
  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  stop(): void {
    this.pause.end();
    this.pendingWrites.stop();
    this.webhooks.stop();
  }
}
