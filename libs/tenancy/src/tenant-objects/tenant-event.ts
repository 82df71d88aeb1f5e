import { createHash } from 'node:crypto';
import { cutText } from '@kds/kernel';
import type { TenantObject } from '../watch-kubernetes/tenant-object.js';

/** Something that a person would want to know. */
export interface TenantEvent {
  readonly type: 'Normal' | 'Warning';
  /** One CamelCase word. */
  readonly reason: string;
  /** What the event is about, so that it stands once for it: two events with one reason and cause are the same one, happening again. */
  readonly cause: string;
  readonly message: string;
}

/** The longest message that the API server takes of an event. */
const longestMessage = 1_024;

/** The name that an event has whoever writes it, and however often. */
export function eventName({ metadata }: TenantObject, { type, reason, cause }: TenantEvent): string {
  const digest = createHash('sha256').update(JSON.stringify([metadata.uid, type, reason, cause])).digest('hex').slice(0, 16);
  return `${metadata.name}.${digest}`;
}

/** A core/v1 Event as it first happens. `now` is an ISO instant. */
export function toKubeEvent(object: TenantObject, event: TenantEvent, now: string): object {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: eventName(object, event), namespace },
    involvedObject: { apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', name, namespace, uid, resourceVersion },
    type: event.type,
    reason: event.reason,
    message: cutText(event.message, longestMessage),
    source: { component: 'sync-orchestrator' },
    reportingComponent: 'kds.io/sync-orchestrator',
    reportingInstance: 'sync-orchestrator',
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
}

/** The change that makes it have happened once more. */
export function againPatch({ message }: TenantEvent, { count, now }: { readonly count: number; readonly now: string }): object {
  return { count: count + 1, lastTimestamp: now, message: cutText(message, longestMessage) };
}
