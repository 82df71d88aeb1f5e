import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readRules } from './alerts/rule-file.js';
import { generatedFiles } from './generated-files.js';
import { exportedMetrics } from './metrics/exported-metrics.js';
import { metricUses } from './metrics/metric-uses.js';

const files = generatedFiles();

it.each(files.map((file) => [basename(file.path), file] as const))('%s is what the sources say (else: nx write @kds/monitoring)', (_name, { path, text }) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

it('no dashboard is left over', () => {
  expect(readdirSync(join(import.meta.dirname, '..', 'dashboards')).sort()).toEqual(files.map(({ path }) => basename(path)).filter((name) => name.endsWith('.json')).sort());
});

it('every metric that a dashboard or an alarm asks for is exported or recorded', () => {
  const known = new Set([...exportedMetrics().map(({ name }) => name), ...readRules().flatMap(({ record }) => record ?? [])]);
  expect([...metricUses().keys()].filter((name) => !known.has(name))).toEqual([]);
});

it('every metric is looked at somewhere', () => {
  const uses = metricUses();
  expect(exportedMetrics().filter(({ name }) => !uses.has(name)).map(({ name }) => name)).toEqual([]);
});

it('no metric has an order, a person or anything else without bounds for a label', () => {
  const bounded = ['class', 'component', 'consumer', 'dependency', 'flow', 'kind', 'mode', 'name', 'node', 'operation', 'outcome', 'pool', 'reason', 'result', 'state', 'system', 'tenant', 'version'];
  expect([...new Set(exportedMetrics().flatMap(({ labels }) => labels))].filter((label) => !bounded.includes(label))).toEqual([]);
});
