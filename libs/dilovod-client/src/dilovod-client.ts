import { type ApiAnswer, type ApiFailure, done } from '@kds/kernel';
import { Agent, type Dispatcher } from 'undici';
import { BaseClock } from './base-clock.js';
import { classifyRefusal, refusalTextIn } from './classify-refusal.js';
import type { CallOptions, DilovodCall } from './dilovod-call.js';
import { type Exchange, postingTo, type PostPacket, type Trouble } from './dilovod-http.js';
import type { DilovodObject, DilovodQuery, DilovodSavePacket, DilovodType, DilovodTypeDescription } from './dilovod-packets.js';
import { fromTypeDescription, fromTypeList } from './from-metadata.js';
import { fromObject } from './from-object.js';
import { RoundCounts } from './round-counts.js';
import { type DilovodRecord, fieldsOf, reading, rowsAt } from './read-json.js';

export interface DilovodClientOptions {
  /** `https://api.dilovod.ua`, or a dedicated customer's own host. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Names a partner integration in Dilovod's statistics. */
  readonly clientId?: string;
  /** Connections to use; without one the client keeps a single one of its own, until `close`. */
  readonly dispatcher?: Dispatcher;
  /** Larger answers are refused as `oversize`; 64 MiB by default. */
  readonly maxBodyBytes?: number;
}

/**
 * Dilovod's actions, each exactly one HTTP request. Nothing throws; how a call ended is in `answer`, by the codes listed in the README of this
 * library. The base serves one request at a time per key: whoever calls must wait for the answer before the next call.
 */
export interface DilovodClient {
  request(query: DilovodQuery, options: CallOptions): Promise<DilovodCall<readonly DilovodRecord[]>>;
  getObject(id: string, options: CallOptions): Promise<DilovodCall<DilovodObject>>;
  /** The id of the saved object. */
  saveObject(packet: DilovodSavePacket, options: CallOptions): Promise<DilovodCall<string>>;
  setDelMark(id: string, options: CallOptions): Promise<DilovodCall<'ok'>>;
  /** A business method; the value is what stands in `data`. */
  call(invocation: { readonly method: string; readonly args: DilovodRecord }, options: CallOptions): Promise<DilovodCall<unknown>>;
  listMetadata(options: CallOptions): Promise<DilovodCall<readonly DilovodType[]>>;
  getMetadata(name: string, options: CallOptions): Promise<DilovodCall<DilovodTypeDescription>>;
  /** What reading of many rows has learnt about the base. */
  readonly roundCounts: RoundCounts;
  readonly baseClock: BaseClock;
  /** Drops the client's own connection, with the call in flight if there is one. */
  close(): Promise<void>;
}

/** Throws a `TypeError` when `baseUrl` is no URL. */
export function createDilovodClient({ baseUrl, apiKey, clientId, dispatcher, maxBodyBytes = 64 * 1024 * 1024 }: DilovodClientOptions): DilovodClient {
  const connections = dispatcher ?? new Agent({ connections: 1 });
  const post = postingTo({ baseUrl, dispatcher: connections, maxBodyBytes });
  return { ...actionsOver(post, { apiKey, clientId }), close: async () => (dispatcher === undefined ? connections.destroy() : undefined) };
}

interface Action<T> {
  readonly name: string;
  readonly params: object;
  /** Whether Dilovod may have changed something when the answer is lost. */
  readonly writes: boolean;
  readonly read: (json: unknown) => ApiAnswer<T>;
}

/** The actions over anything that carries packets. */
export function actionsOver(post: PostPacket, { apiKey, clientId }: { readonly apiKey: string; readonly clientId?: string }): Omit<DilovodClient, 'close'> {
  const baseClock = new BaseClock();
  const run = async <T>({ name, params, writes, read }: Action<T>, options: CallOptions): Promise<DilovodCall<T>> => {
    const started = performance.now();
    const exchange = await post({ version: '0.25', key: apiKey, clientID: clientId, action: name, params }, options);
    const latencyMs = performance.now() - started;
    if (exchange.kind === 'json') baseClock.heard(exchange.date);
    return { answer: settle(exchange, { apiKey, writes, read }), latencyMs, called: exchange.kind === 'json' || exchange.called };
  };
  return {
    roundCounts: new RoundCounts(),
    baseClock,
    request: (query, options) => run(look('request', query, rowsOnce), options),
    getObject: (id, options) => run(look('getObject', { id }, (json) => fromObject(json, 'object')), options),
    saveObject: (packet, options) => run(write('saveObject', packet, (json) => savedId(json, packet)), options),
    setDelMark: (id, options) => run(write('setDelMark', { header: { id } }, marked), options),
    call: ({ method, args }, options) => run(write('call', { method, arguments: args }, calledBack), options),
    listMetadata: (options) => run(look('listMetadata', { lang: 'uk' }, fromTypeList), options),
    getMetadata: (objectName, options) => run(look('getMetadata', { objectName, lang: 'uk' }, (json) => fromTypeDescription(objectName, json)), options),
  };
}

const rowsOfAnswers = new WeakMap<object, readonly DilovodRecord[]>();

/** An answer that is known already has its rows. */
function rowsOnce(json: unknown): readonly DilovodRecord[] {
  if (typeof json !== 'object' || json === null) return rowsAt(json, 'rows');
  const rows = rowsOfAnswers.get(json) ?? rowsAt(json, 'rows');
  rowsOfAnswers.set(json, rows);
  return rows;
}

function look<T>(name: string, params: object, read: (json: unknown) => T): Action<T> {
  return { name, params, writes: false, read: (json) => reading('failed', () => read(json)) };
}

function write<T>(name: string, params: object, read: (json: unknown) => ApiAnswer<T>): Action<T> {
  return { name, params, writes: true, read };
}

function settle<T>(exchange: Exchange, { apiKey, writes, read }: { readonly apiKey: string } & Pick<Action<T>, 'writes' | 'read'>): ApiAnswer<T> {
  if (exchange.kind === 'trouble') return settleTrouble(exchange, writes);
  const { status, json } = exchange;
  const text = refusalTextIn(json);
  const refusal = text === undefined ? undefined : classifyRefusal(apiKey === '' ? text : text.replaceAll(apiKey, '***'));
  if (status < 400) return refusal ?? read(json);
  // Behind an HTTP error only a refusal that we know says that nothing was executed.
  if (refusal !== undefined && refusal.kind !== 'done' && refusal.failure.code !== 'refused') return refusal;
  return inDoubt(writes, { code: 'http-status', message: `Dilovod answered with HTTP ${status}`, detail: { status } });
}

function settleTrouble({ failure, mayHaveRun, retryAfterMs }: Trouble, writes: boolean): ApiAnswer<never> {
  return writes && mayHaveRun ? { kind: 'unknown', failure } : { kind: 'failed', failure, retryAfterMs };
}

function inDoubt(writes: boolean, failure: ApiFailure): ApiAnswer<never> {
  return { kind: writes ? 'unknown' : 'failed', failure };
}

/** Success is a numeric id; only property values are saved without one, as `id: 0`. */
function savedId(json: unknown, { header }: DilovodSavePacket): ApiAnswer<string> {
  const isProperty = header.id === 'informationRegisters.propValues';
  const id = reading('unknown', () => fieldsOf(json, 'answer').reference('id') ?? (isProperty ? '0' : null));
  if (id.kind === 'done' && id.value !== null) return done(id.value);
  return inDoubt(true, { code: 'no-id', message: 'Dilovod answered a save without the id of what it saved' });
}

function marked(json: unknown): ApiAnswer<'ok'> {
  const result = typeof json === 'object' && json !== null && 'result' in json ? json.result : json;
  return result === 'ok' ? done('ok') : inDoubt(true, { code: 'bad-answer', message: 'Dilovod did not confirm the deletion mark', detail: { path: 'answer' } });
}

function calledBack(json: unknown): ApiAnswer<unknown> {
  if (typeof json === 'object' && json !== null && 'status' in json && json.status === 'success' && 'data' in json) return done(json.data);
  return inDoubt(true, { code: 'bad-answer', message: 'Dilovod did not say how the method ended', detail: { path: 'answer.status' } });
}
