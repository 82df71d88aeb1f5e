import { KubeApiError } from '@kds/kube';
import { itUnless, kubeMissing, startTestKube, type TestKube } from '@kds/testing';
import { defaultAllowedHosts, parseTenant } from '../index.js';
import { leastMembers, manifest, type Plain, right, wrong } from '../spec-support/manifest-cases.js';

const itWithKube = itUnless(kubeMissing());

let kube: TestKube;
let path: string;
beforeAll(async () => {
  if (kubeMissing() !== undefined) return;
  kube = await startTestKube();
  path = `/apis/kds.io/v1alpha1/namespaces/${await kube.freshNamespace()}/tenants`;
});
afterAll(() => kube?.stop());

/** What `kubectl apply` asks, without keeping anything: the object as the server would keep it, or its refusal. */
async function apply(body: Plain): Promise<{ readonly accepted: Plain } | { readonly refused: string }> {
  const { generation: _, resourceVersion: __, ...metadata } = typeof body.metadata === 'object' ? (body.metadata as Plain) : {};
  const sent = typeof body.metadata === 'object' ? { ...body, metadata } : body;
  try {
    return { accepted: await kube.api.request<Plain>({ method: 'POST', path, query: { dryRun: 'All', fieldValidation: 'Strict' }, body: sent }) };
  } catch (error) {
    if (!(error instanceof KubeApiError) || error.status === 0) throw error;
    return { refused: error.message };
  }
}

/** What only one of the two can know. */
const onlyTheFileFormRefuses = new Set([
  // The operator's list of hosts is in the environment of the services.
  'spec.keycrm.baseUrl "https://evil.example"', 'spec.keycrm.baseUrl "http://127.0.0.1:8080"', 'spec.dilovod.baseUrl "https://api.dilovod.ua.evil.example"',
  // The server has no list of time zones.
  'spec.timeZone "Europe/Kiyv"',
]);
/** The server's rules cannot say «false, which stands for a bare off». */
const onlyTheFileFormAccepts = new Set(['spec.orders.reserve false']);

const nameOfCase = (at: string, value: unknown) => `${at} ${JSON.stringify(value)}`;

describe('the custom resource and the file form', () => {
  for (const [at, value] of wrong) {
    const name = nameOfCase(at, value);
    const told = onlyTheFileFormRefuses.has(name) ? 'is left to the services to refuse' : 'is refused by both';
    itWithKube(`${name} ${told}`, async () => {
      const changed = manifest({ [at]: value });
      expect(parseTenant(changed, { allowedHosts: defaultAllowedHosts }).ok).toBe(false);
      expect('refused' in (await apply(changed))).toBe(!onlyTheFileFormRefuses.has(name));
    });
  }

  for (const [at, value] of right) {
    const name = nameOfCase(at, value);
    itWithKube(`${name} is accepted`, async () => {
      const changed = manifest({ [at]: value });
      expect(parseTenant(changed, { allowedHosts: defaultAllowedHosts }).ok).toBe(true);
      expect(await apply(changed)).toEqual(onlyTheFileFormAccepts.has(name) ? { refused: expect.stringContaining('spec.orders.reserve') } : { accepted: expect.anything() });
    });
  }

  for (const [what, from] of [['every member', undefined], ['the least', leastMembers]] as const) {
    itWithKube(`mean the same with ${what} written, with and without the server's defaults`, async () => {
      const written = manifest({}, from);
      const answer = await apply(written);
      if (!('accepted' in answer)) throw new Error(answer.refused);
      const rules = { allowedHosts: defaultAllowedHosts };
      const [fromFile, fromServer] = [parseTenant(written, rules), parseTenant(answer.accepted, rules)];
      expect(fromServer.ok && fromServer.value.spec).toEqual(fromFile.ok && fromFile.value.spec);
    });
  }

  itWithKube('take null for left out', async () => {
    const nulls = { 'spec.mode': null, 'spec.prices': null, 'spec.defaultWarehouse': null, 'spec.dilovod.author': null, 'spec.keycrm.webhookTokenRef': null, 'spec.orders.person': null };
    const answer = await apply(manifest(nulls));
    expect(answer).toMatchObject({ accepted: { spec: { mode: 'shadow', prices: { every: '2m', cost: 'none' }, orders: { person: 'match' } } } });
    expect(JSON.stringify(answer)).not.toContain('null');
  });

  itWithKube('say which rule is broken, and what to write', async () => {
    expect(await apply(manifest({ 'spec.orders.stages': { ordered: [12], shipped: [12] } }))).toEqual({ refused: expect.stringContaining('spec.orders.stages: Invalid value: a status means one stage: leave it in one place') });
    expect(await apply(manifest({ 'spec.mode': 'pilot', 'spec.pilot.skus': [] }))).toEqual({ refused: expect.stringContaining('pilot mode needs the SKUs it is for') });
    expect(await apply(manifest({ 'spec.colour': 'red' }))).toEqual({ refused: expect.stringContaining('unknown field "spec.colour"') });
  });
});
