import { type FaultRule } from '@kds/simulator-kit';
import { type Base } from '../base/base.js';
import { type WebhookTarget } from '../base/webhook-sender.js';
import { demandKnownFault } from '../http/disposition.js';
import { listMetadata } from '../metadata/answer-metadata.js';
import { parseSwitches, type Switches } from '../switches.js';

interface Webhooks {
  readonly targets: readonly WebhookTarget[];
}

interface ClockSetting {
  /** Milliseconds that the base is ahead. */
  readonly offsetMs?: number;
  /** The moment that it is in the base now, as ISO 8601 with a zone; it goes on from there. */
  readonly at?: string;
  /** Where the base lives, as an IANA name. */
  readonly zone?: string;
}

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
    /** Sets the base's wall clock apart from the machine's; answers what it says now. What is not named stays. */
    setClock: ({ offsetMs, at, zone }: ClockSetting) => {
      if (at !== undefined && Number.isNaN(Date.parse(at))) throw new Error(`${at} is no moment`);
      if (zone !== undefined) base.clock.moveTo(zone);
      const asked = at === undefined ? offsetMs : Date.parse(at) - Date.now();
      if (asked !== undefined) base.clock.offsetMs = asked;
      return base.clock.now();
    },
    setWebhooks: ({ targets }: Webhooks) => base.webhooks.setTargets(usable(targets)),
    /** Leaves those that are set: the nodes of a base each have their own. */
    addWebhooks: ({ targets }: Webhooks) => base.webhooks.addTargets(usable(targets)),
    /** Closes the time before `before` (`YYYY-MM-DD`) for documents, under a name; an empty text opens it. */
    closePeriod: ({ before, name = '' }: { readonly before: string; readonly name?: string }) => {
      base.closedBefore = before;
      base.closedPeriod = name;
    },
    /** What refusals call a required attribute: `person`, `storage`, …. */
    setLabel: ({ field, label }: { readonly field: string; readonly label: string }) => {
      base.labels.set(field, label);
    },
    /**
     * Has the next passes over a list (`catalogs.goods`, `balance goods`, `documents.saleOrder`) miss a row:
     * an object, or a good in balances.
     * A pass is every request from the first row on, with the pages that follow it.
     */
    missRow: ({ from, id, passes = 1 }: { readonly from: string; readonly id: string; readonly passes?: number }) =>
      base.drift.add({ from, id, passes }),
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

function usable(targets: readonly WebhookTarget[]): readonly WebhookTarget[] {
  const unusable = targets.find(({ url }) => !URL.canParse(url));
  if (unusable) throw new Error(`${unusable.url} is no URL`);
  return targets;
}

function typesNamed(base: Base, names: readonly string[]): ReadonlySet<string> {
  const known = Object.keys(listMetadata(base, {}));
  const unknown = names.find((name) => name !== '*' && !known.includes(name));
  if (unknown !== undefined) throw new Error(`This base has no type ${unknown}`);
  return new Set(names.includes('*') ? known : names);
}
