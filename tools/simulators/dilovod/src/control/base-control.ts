import { type Base } from '../base/base.js';
import { behaviourVerbs } from './behaviour-verbs.js';
import { catalogVerbs } from './catalog-verbs.js';
import { documentVerbs } from './document-verbs.js';
import { goodVerbs } from './good-verbs.js';
import { personVerbs } from './person-verbs.js';
import { stateVerbs } from './state-verbs.js';
import { stockVerbs } from './stock-verbs.js';

/** Every control verb of a base. Each takes one object of named members, or nothing. */
export function controlOf(base: Base) {
  const catalogs = { ...catalogVerbs(base), ...personVerbs(base), ...goodVerbs(base) };
  return { ...catalogs, ...stockVerbs(base), ...documentVerbs(base), ...behaviourVerbs(base), ...stateVerbs(base) };
}

export type BaseControl = ReturnType<typeof controlOf>;

/** The same verbs over HTTP. */
export type RemoteBaseControl = {
  readonly [Verb in keyof BaseControl]: (...given: Parameters<BaseControl[Verb]>) => Promise<ReturnType<BaseControl[Verb]>>;
};
