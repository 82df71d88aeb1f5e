import { activeTraceparent, inSpan } from './spans.js';
import { startTraces, wantsTraces } from './start-traces.js';

it('off, work is done as if there were no spans, and nothing is passed on', async () => {
  await startTraces({ on: false, service: 'test', version: '1' });
  expect(await inSpan('x', {}, async () => activeTraceparent())).toBeNull();
  await expect(inSpan('x', {}, () => Promise.reject(new Error('as it was')))).rejects.toThrow('as it was');
});

it.each([
  [{}, false],
  [{ KDS_TRACES: 'otlp' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', KDS_TRACES: 'off' }, false],
])('%j asks for traces: %s', (env, wanted) => {
  expect(wantsTraces(env)).toBe(wanted);
});
