/** What the packet of a webhook says: which object changed, something that is no change of an object, or nothing that can be made out. */
export type ObjectChange =
  | { readonly kind: 'changed'; readonly objectName: string; readonly objectId: string }
  | { readonly kind: 'something-else' }
  | { readonly kind: 'unusable' };

/** Reads Dilovod's `{"action": "objectChanged", "params": {"objectName": "documents.sale", "id": "1106800000001001"}}`. */
export function readObjectChange(json: unknown): ObjectChange {
  const action = memberOf(json, 'action');
  if (typeof action !== 'string') return { kind: 'unusable' };
  if (action !== 'objectChanged') return { kind: 'something-else' };
  const params = memberOf(json, 'params');
  const [objectName, id] = [memberOf(params, 'objectName'), memberOf(params, 'id')];
  const objectId = Number.isSafeInteger(id) ? String(id) : id;
  const usable = typeof objectName === 'string' && /^\w{1,40}\.\w{1,60}$/.test(objectName) && typeof objectId === 'string' && /^\d{1,20}$/.test(objectId);
  return usable ? { kind: 'changed', objectName, objectId } : { kind: 'unusable' };
}

function memberOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name) ? (json as Record<string, unknown>)[name] : undefined;
}
