import { setTimeout as wait } from 'node:timers/promises';
import { type Fault } from '@kds/simulator-kit';
import { type Base } from '../base/base.js';
import { type Lease } from '../base/single-thread.js';
import { executeAction, operationOf } from '../execute-action.js';
import { membersOf, type Packet, packetText, parsePacket } from '../packet.js';
import { defaultSwitches } from '../switches.js';
import { dispositionOf, multithreadRefusal } from './disposition.js';
import { answerEmpty, answerHtml, answerJson, cutConnection, readBody, type Wire } from './wire.js';

interface Call {
  readonly base: Base;
  readonly keyName: string;
  readonly packet: Packet;
  readonly operation: string;
  readonly at: string;
  readonly startedAt: number;
}

/** Serves one call to the API: key check, single-thread check, fault, latency, execution, answer. */
export async function serveApi(bases: Iterable<Base>, wire: Wire, closing: AbortSignal): Promise<void> {
  const text = await packetText(await readBody(wire.request), wire.request.headers['content-type'] ?? '');
  const packet = text === undefined ? undefined : parsePacket(text);
  if (!packet) return refuseMalformed(bases, wire, text ?? '');
  const base = findBase(bases, packet.key);
  const key = base?.keys.find(packet.key);
  if (!base || !key) return answerJson(wire, 200, { error: 'bad key' });
  const call: Call = { base, keyName: key.name, packet, operation: operationOf(base, packet), at: new Date().toISOString(), startedAt: performance.now() };
  if (key.revoked) return finish(call, wire, { executed: false, status: 200, answer: { error: 'bad key' } });
  await serveCall(call, wire, closing);
}

async function serveCall(call: Call, wire: Wire, closing: AbortSignal): Promise<void> {
  const { base, operation } = call;
  const lease = base.singleThread.enter(base.switches.multithreadScope === 'base' ? '' : call.keyName, operation);
  if ('inTheWay' in lease) {
    base.discipline.concurrent(operation, lease);
    return finish(call, wire, { executed: false, status: base.switches.multithreadStatus, answer: multithreadRefusal });
  }
  const fault = base.faults.next(operation);
  const caller = watchCaller(wire, lease);
  try {
    await wait(base.latencyMs + (fault?.kind === 'delay' ? fault.ms : 0), undefined, { signal: closing });
    const outcome = carryOut(call, fault);
    lease.release(outcome.busyForMs ?? (caller.left() ? base.switches.blockAfterAbortMs : 0));
    if (outcome.lateByMs !== undefined) await wait(outcome.lateByMs, undefined, { signal: closing });
    finish(call, wire, outcome);
  } catch (error) {
    if (!closing.aborted) throw error;
    cutConnection(wire);
  }
}

interface Outcome {
  readonly executed: boolean;
  readonly status: number;
  readonly answer?: unknown;
  readonly wireAs?: 'html' | 'empty' | 'cut';
  readonly fault?: string;
  readonly busyForMs?: number;
  readonly lateByMs?: number;
}

function carryOut(call: Call, fault: Fault | undefined): Outcome {
  const disposition = dispositionOf(fault, call.base.switches.multithreadStatus);
  const named = fault && { fault: fault.kind === 'vendor' ? `vendor ${fault.name}` : fault.kind };
  if (!disposition.executes) return { executed: false, ...disposition, ...named };
  const { base, packet, operation } = call;
  if (packet.action === 'saveObject' || packet.action === 'call') base.discipline.written(operation, packet.params);
  const { warning, ...others } = disposition;
  const answer = executeAction(base, base.keys.session(call.keyName), packet);
  return { executed: true, ...others, ...named, answer: warning === undefined ? answer : { ...membersOf(answer), clientMessages: [{ type: 'warn', data: warning }] } };
}

/** Logs a call and answers it. */
function finish(call: Call, wire: Wire, { executed, status, answer, wireAs, fault }: Outcome): void {
  const { version, action, params, clientID } = call.packet;
  call.base.log.record({
    at: call.at,
    operation: call.operation,
    request: { version, key: call.keyName, action, params, ...(clientID === undefined ? {} : { clientID }) },
    executed,
    status,
    answer: Array.isArray(answer) ? { rows: answer.length } : answer,
    ...(fault === undefined ? {} : { fault }),
    durationMs: Math.round(performance.now() - call.startedAt),
  });
  if (wireAs === 'cut') return cutConnection(wire);
  if (wireAs === 'html') return answerHtml(wire, status);
  if (wireAs === 'empty') return answerEmpty(wire);
  answerJson(wire, status, answer);
}

function watchCaller({ response }: Wire, lease: Lease): { left(): boolean } {
  let left = false;
  response.once('close', () => {
    if (response.writableFinished) return;
    left = true;
    lease.connectionLost();
  });
  return { left: () => left };
}

/** A packet that cannot be read names no key, unless one can be made out in what came. */
function refuseMalformed(bases: Iterable<Base>, wire: Wire, text: string): void {
  const base = findBase(bases, /"key"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? '');
  const { malformedPacketAnswer } = base?.switches ?? defaultSwitches;
  if (malformedPacketAnswer === 'html-500') return answerHtml(wire, 500);
  if (malformedPacketAnswer === 'empty') return answerEmpty(wire);
  answerJson(wire, 200, { error: 'bad packet' });
}

function findBase(bases: Iterable<Base>, key: string): Base | undefined {
  for (const base of bases) if (base.keys.find(key)) return base;
  return undefined;
}
