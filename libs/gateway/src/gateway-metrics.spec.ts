import { GatewayMetrics } from './gateway-metrics.js';

const call = { operation: 'readOrder', result: 'done', latencyMs: 20 };

function metricsOf(known: readonly string[]) {
  return new GatewayMetrics({ service: 'keycrm-gateway', system: 'keycrm', version: 'test', lastTenantLook: () => new Date(1_000), isKnown: (tenant) => known.includes(tenant) });
}

describe('what a gateway measures', () => {
  it('counts calls by tenant, and how long they took without tenant', async () => {
    const metrics = metricsOf(['one']);
    metrics.apiCalled({ tenant: 'one', ...call });
    const text = await metrics.registry.metrics();
    expect(text).toContain('kds_api_calls_total{system="keycrm",tenant="one",operation="readOrder",result="done"} 1');
    expect(text).toContain('kds_api_call_seconds_count{system="keycrm",operation="readOrder"} 1');
    expect(text).toContain('kds_tenant_source_last_look_timestamp_seconds 1');
  });

  it('F6: a tenant that goes takes its series along, and a call that ends after that brings none back', async () => {
    const known = ['one', 'two'];
    const metrics = metricsOf(known);
    for (const tenant of ['one', 'two']) metrics.apiCalled({ tenant, ...call });
    known.shift();
    await metrics.forgetTenant('one');
    metrics.apiCalled({ tenant: 'one', ...call });
    const text = await metrics.registry.metrics();
    expect(text).not.toContain('tenant="one"');
    expect(text).toContain('tenant="two"');
  });
});
