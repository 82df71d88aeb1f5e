import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedMetrics } from '@kds/monitoring';
import { itUnless } from '@kds/testing';
import ts from 'typescript';
import { installations } from './installations.js';
import { type Manifest, nameOf, ofKind } from './manifest.js';
import { operatorOf } from './operators.js';
import { readYaml, rendererMissing, workspace } from './render.js';

const itRendered = itUnless(rendererMissing);

/** What the compiler says of manifests as literals of their operators' published types: unknown members, missing ones and wrong types are errors. */
function misfits(manifests: readonly Manifest[]): readonly string[] {
  const lines = manifests.map((manifest, index) => {
    const type = `import('${operatorOf(manifest)}/${manifest.apiVersion}/${manifest.kind}').I${manifest.kind}`;
    return `export const manifest${index}: ${type} = ${JSON.stringify(manifest)};`;
  });
  const file = join(import.meta.dirname, 'rendered-manifests.ts'); // never written: seen by the compiler alone
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, strict: true, skipLibCheck: true, noEmit: true, types: [] };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, languageVersion) => (name === file ? ts.createSourceFile(name, lines.join('\n'), languageVersion) : read(name, languageVersion));
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === file || exists(name);
  return ts.getPreEmitDiagnostics(ts.createProgram([file], options, host)).map((problem) => {
    const line = problem.file?.fileName === file ? problem.file.getLineAndCharacterOfPosition(problem.start ?? 0).line : -1;
    const manifest = manifests[line];
    return `${manifest === undefined ? 'types' : nameOf(manifest)}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`;
  });
}

const everything = [...Object.values(installations).flat(), ...readYaml(readFileSync(join(workspace, 'k8s', 'examples', 'external-keys.yaml'), 'utf8'))];
const operated = everything.filter((manifest) => operatorOf(manifest) !== undefined);

itRendered("objects of operators fit the operators' published types", () => {
  expect(new Set(operated.map(({ kind }) => kind))).toEqual(new Set(['ScaledObject', 'PodMonitor', 'PrometheusRule', 'ExternalSecret', 'Cluster']));
  expect(misfits(operated)).toEqual([]);
});

itRendered('what does not fit is found', () => {
  const scaled = operated.find(({ kind }) => kind === 'ScaledObject') as Manifest;
  const found = misfits([
    { ...scaled, spec: { ...scaled.spec, minReplicas: 2 } },
    { ...scaled, spec: { ...scaled.spec, maxReplicaCount: '10' } },
    { ...scaled, spec: { scaleTargetRef: { name: 'one' } } },
  ]);
  expect(found).toEqual([expect.stringContaining('minReplicas'), expect.stringContaining("Type 'string'"), expect.stringContaining('triggers')]);
});

interface ScaledObject extends Manifest {
  readonly spec: { readonly triggers: readonly { readonly type: string; readonly metadata: Readonly<Record<string, string>> }[] };
}

const triggers = ofKind<ScaledObject>(operated, 'ScaledObject').flatMap(({ spec }) => spec.triggers);

/** The types leave a trigger's own members open; these are the ones of KEDA's Prometheus trigger that we use. */
itRendered('triggers ask Prometheus, and an answer that fails to come is an error', () => {
  expect(triggers.length).toBeGreaterThan(3);
  for (const { type, metadata } of triggers) {
    expect(type).toBe('prometheus');
    expect(metadata).toEqual({ serverAddress: expect.stringMatching(/^https?:/), query: expect.any(String), threshold: expect.stringMatching(/^\d+$/), ignoreNullValues: 'false' });
  }
});

itRendered('E4: scaling follows what can run and what is under way, by metrics and labels that exist', () => {
  const known = new Map(exportedMetrics().map(({ name, labels }) => [name, labels]));
  const asked = triggers.flatMap(({ metadata }) => [...(metadata.query ?? '').matchAll(/by \((.*?)\) \((kds_\w+)(?:\{(.*?)\})?/g)]);
  for (const [, by = '', metric = '', matchers = ''] of asked) {
    const labels = [...by.split(', '), ...[...matchers.matchAll(/(\w+)=/g)].map(([, label]) => label)];
    expect(labels.filter((label) => !known.get(metric)?.includes(label ?? ''))).toEqual([]);
  }
  expect(new Set(asked.map(([, , metric]) => metric))).toEqual(new Set(['kds_lane_runnable_commands', 'kds_lane_in_flight_commands', 'kds_bus_consumer_pending_messages']));
});
