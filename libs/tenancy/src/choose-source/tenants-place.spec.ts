import { readTenantsPlace } from '../index.js';

test.each([
  [{ KDS_TENANTS_DIR: '/tenants' }, { kind: 'directory', directory: '/tenants' }],
  [{ KDS_TENANTS_DIR: '/tenants', KDS_TENANTS_SOURCE: 'directory' }, { kind: 'directory', directory: '/tenants' }],
  [{ KDS_TENANTS_SOURCE: 'kubernetes' }, { kind: 'kubernetes' }],
  [{ KDS_TENANTS_SOURCE: ' kubernetes ', KDS_NAMESPACE: 'kds', KDS_TENANTS_DIR: '/tenants' }, { kind: 'kubernetes', namespace: 'kds' }],
  [{ KDS_TENANTS_SOURCE: 'kubernetes', KDS_NAMESPACE: '' }, { kind: 'kubernetes' }],
])('%j is a place', (env, place) => {
  expect(readTenantsPlace(env)).toEqual({ ok: true, value: place });
});

test.each([
  [{}, [/^KDS_TENANTS_DIR: .*KDS_TENANTS_SOURCE=kubernetes/]],
  [{ KDS_TENANTS_SOURCE: 'directory' }, [/^KDS_TENANTS_DIR: /]],
  [{ KDS_TENANTS_SOURCE: 'etcd', KDS_NAMESPACE: 'Kds_1' }, [/^KDS_NAMESPACE: /, /^KDS_TENANTS_SOURCE: write directory or kubernetes/]],
])('%j is refused with every mistake', (env, mistakes) => {
  expect(readTenantsPlace(env)).toEqual({ ok: false, error: mistakes.map((mistake) => expect.stringMatching(mistake)) });
});
