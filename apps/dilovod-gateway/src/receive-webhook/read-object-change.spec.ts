import { readObjectChange } from './read-object-change.js';

const changed = { kind: 'changed', objectName: 'documents.saleOrder', objectId: '1109100000001234' };

it.each([
  [{ action: 'objectChanged', params: { objectName: 'documents.saleOrder', id: '1109100000001234' } }, changed],
  [{ action: 'objectChanged', params: { objectName: 'documents.saleOrder', id: 1109100000001234 } }, changed],
  [{ action: 'ping' }, { kind: 'something-else' }],
  [{ action: 'objectChanged', params: { objectName: 'documents.saleOrder' } }, { kind: 'unusable' }],
  [{ action: 'objectChanged', params: { objectName: '../x', id: '1' } }, { kind: 'unusable' }],
  [{ action: 'objectChanged', params: { objectName: 'documents.sale', id: '1 or 1' } }, { kind: 'unusable' }],
  [{ params: {} }, { kind: 'unusable' }],
  [[], { kind: 'unusable' }],
  [null, { kind: 'unusable' }],
])('reads %j as %j', (json, change) => {
  expect(readObjectChange(json)).toEqual(change);
});
