import { membersOf } from '../packet.js';
import { type BaseControl } from '../control/base-control.js';
import { type BaseSettings } from '../control/create-base.js';
import { answerJson, readBody, type Wire } from './wire.js';

/** The bases of a simulator, as the control endpoint needs them. */
export interface ControlledBases {
  names(): readonly string[];
  createBase(settings: BaseSettings): BaseControl;
  base(name: string): BaseControl;
}

/**
 * `GET bases` lists names, `POST bases` creates one, `POST bases/<name>/<verb>` (or GET, for verbs that need nothing) does a verb.
 * Answers `{"result": …}`, or 400 with `{"error": …}`.
 */
export async function serveControl(bases: ControlledBases, wire: Wire, path: string): Promise<void> {
  try {
    const text = (await readBody(wire.request)).toString('utf8');
    const given = membersOf(text === '' ? {} : JSON.parse(text));
    answerJson(wire, 200, { result: perform(bases, { path: path.split('/').map(decodeURIComponent), isPost: wire.request.method === 'POST', given }) ?? null });
  } catch (error) {
    answerJson(wire, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

interface ControlCall {
  readonly path: readonly string[];
  readonly isPost: boolean;
  readonly given: Readonly<Record<string, unknown>>;
}

function perform(bases: ControlledBases, { path: [root, name, verb], isPost, given }: ControlCall): unknown {
  if (root !== 'bases') throw new Error('Control paths begin with bases');
  if (name === undefined) {
    if (!isPost) return bases.names();
    bases.createBase(given as unknown as BaseSettings);
    return { name: given['name'] };
  }
  const control = bases.base(name);
  if (verb === undefined || !Object.hasOwn(control, verb)) throw new Error(`No verb ${String(verb)}; there are ${Object.keys(control).join(', ')}`);
  const act = control[verb as keyof BaseControl] as (given: unknown) => unknown;
  return act(given);
}
