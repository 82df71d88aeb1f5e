import { type BaseControl } from '../control/base-control.js';
import { predefined } from '../base/predefined.js';
import { type DilovodSimulator, startDilovodSimulator } from '../simulator.js';
import { type Switches } from '../switches.js';

/** The members of answers that most specs look at. */
export interface Answer {
  readonly id: string;
  readonly result?: string;
  readonly error?: string;
  readonly status?: string;
  readonly errorMessage?: string;
}

export interface ObjectInAnswer {
  readonly header: Readonly<Record<string, string & { id: string; pr: string | null; uk: string }>>;
  readonly tableParts: { readonly tpGoods: Readonly<Record<string, Readonly<Record<string, string>>>> };
  readonly misc: unknown;
}

export type Rows = readonly Readonly<Record<string, string>>[];

/** A simulator with one base, and the ways in which a client talks to it. */
export interface TestBase {
  readonly simulator: DilovodSimulator;
  readonly control: BaseControl;
  call<T = Answer>(action: string, params?: object): Promise<T>;
  /** The text of the refusal; empty when there was none. */
  refusal(action: string, params: object): Promise<string>;
  rows(params: object): Promise<Rows>;
  object(id: string): Promise<ObjectInAnswer>;
  /** The rows of an object, whatever their ids. */
  rowsOf(id: string): Promise<Rows>;
}

export const key = 'K'.repeat(30);

export async function openTestBase(switches: Partial<Switches> = {}): Promise<TestBase> {
  const simulator = await startDilovodSimulator();
  const control = simulator.createBase({ name: 'shop', apiKeys: [key], switches });
  const call = async <T>(action: string, params: object = {}) => (await (await post(simulator.baseUrl, action, params)).json()) as T;
  const object = (id: string) => call<ObjectInAnswer>('getObject', { id });
  return {
    simulator,
    control,
    call,
    refusal: async (action, params) => {
      const { error, errorMessage } = await call<Answer>(action, params);
      return error ?? errorMessage ?? '';
    },
    rows: (params) => call<Rows>('request', params),
    object,
    rowsOf: async (id) => Object.values((await object(id)).tableParts.tpGoods),
  };
}

export function post(baseUrl: string, action: string, params: object, options: { signal?: AbortSignal; key?: string } = {}): Promise<Response> {
  const packet = JSON.stringify({ version: '0.25', key: options.key ?? key, action, params });
  return fetch(baseUrl, { method: 'POST', body: new URLSearchParams({ packet }), signal: options.signal });
}

/** Waits until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const ours = { firm: predefined.firm, person: predefined.endConsumer, currency: predefined.hryvnia, storage: predefined.mainStorage, business: predefined.mainBusiness };

/** A row of `qty` pieces at 100.00. */
export const row = (good: string, qty: number | string, more: object = {}) => ({ good, unit: predefined.piece, qty, price: 100, ...more });

/** Params of saveObject for each kind of document, complete. */
export const saleOrder = (rows: readonly object[], header: object = {}, saveType = 1) => ({ saveType, header: { id: 'documents.saleOrder', ...ours, ...header }, tableParts: { tpGoods: rows } });
export const sale = (rows: readonly object[], header: object = {}, saveType = 1) => ({ saveType, header: { id: 'documents.sale', docMode: predefined.shipmentToBuyer, ...ours, ...header }, tableParts: { tpGoods: rows } });
export const saleReturn = (rows: readonly object[], header: object = {}, saveType = 1) => ({ saveType, header: { id: 'documents.saleReturn', docMode: predefined.returnFromBuyer, ...ours, ...header }, tableParts: { tpGoods: rows } });
