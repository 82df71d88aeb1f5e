import { type FaultRule } from '@kds/simulator-kit';
import { type Base } from '../base/base.js';
import { type WebhookTarget } from '../base/webhook-sender.js';
import { demandKnownFault } from '../http/disposition.js';
import { listMetadata } from '../metadata/answer-metadata.js';
import { parseSwitches, type Switches } from '../switches.js';

/** Verbs that change how a base behaves from now on. */
export function behaviourVerbs(base: Base) {
  return {
    setSwitches: (positions: Partial<Switches>) => {
      const parsed = parseSwitches(positions);
      if (parsed.orderStatesType !== undefined && parsed.orderStatesType !== base.switches.orderStatesType) throw new Error('orderStatesType is fixed when the base is created');
      base.changeSwitches(parsed);
      return base.switches;
    },
    addFault: (rule: FaultRule) => {
      demandKnownFault(rule.fault);
      base.faults.add(rule);
    },
    clearFaults: () => base.faults.clear(),
    setLatency: ({ ms }: { readonly ms: number }) => {
      base.latencyMs = ms;
    },
    /** How far the base's clock is ahead of the real one. */
    setClock: ({ offsetMs }: { readonly offsetMs: number }) => {
      base.clock.offsetMs = offsetMs;
    },
    setWebhooks: ({ targets }: { readonly targets: readonly WebhookTarget[] }) => {
      const unusable = targets.find(({ url }) => !URL.canParse(url));
      if (unusable) throw new Error(`${unusable.url} is no URL`);
      base.webhooks.setTargets(targets);
    },
    /** Closes the time before `before` (`YYYY-MM-DD`) for documents; an empty text opens it. */
    closePeriod: ({ before }: { readonly before: string }) => {
      base.closedBefore = before;
    },
    /** What the role of a key (of every key, when none is named) may not read and write, or only not write; `*` is everything. Replaces what was set before. */
    restrict: ({ key, closed = [], readOnly = [] }: { readonly key?: string; readonly closed?: readonly string[]; readonly readOnly?: readonly string[] }) =>
      base.keys.restrict({ closed: typesNamed(base, closed), readOnly: typesNamed(base, readOnly) }, key),
    addKey: ({ name, key }: { readonly name: string; readonly key: string }) => base.keys.add(name, key),
    revokeKey: ({ name }: { readonly name: string }) => base.keys.revoke(name),
    /** Opens an object in somebody's UI. */
    lock: ({ id }: { readonly id: string }) => {
      base.locked.add(id);
    },
    unlock: ({ id }: { readonly id: string }) => {
      base.locked.delete(id);
    },
    /** Renames a header attribute, values included, as the vendor did with `deliveryMethod_forDel`, now `deliveryMethod`, of orders. */
    renameField: ({ type = 'documents.saleOrder', from, to }: { readonly type?: string; readonly from: string; readonly to: string }) => {
      base.schema.renameField(type, from, to);
      for (const object of base.objects.ofType(type)) {
        const { [from]: value, ...others } = object.header;
        if (value !== undefined) base.objects.put({ ...object, header: { ...others, [to]: value } });
      }
    },
  };
}

function typesNamed(base: Base, names: readonly string[]): ReadonlySet<string> {
  const known = Object.keys(listMetadata(base, {}));
  const unknown = names.find((name) => name !== '*' && !known.includes(name));
  if (unknown !== undefined) throw new Error(`This base has no type ${unknown}`);
  return new Set(names.includes('*') ? known : names);
}
