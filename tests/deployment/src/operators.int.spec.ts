import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The types leave a trigger's own members open; these are the ones of KEDA's Prometheus trigger that we use. */
itRendered('triggers ask Prometheus, and an answer that fails to come is an error', () => {
  const triggers = ofKind<ScaledObject>(operated, 'ScaledObject').flatMap(({ spec }) => spec.triggers);
  expect(triggers.length).toBeGreaterThan(3);
  for (const { type, metadata } of triggers) {
    expect(type).toBe('prometheus');
    expect(metadata).toEqual({ serverAddress: expect.stringMatching(/^https?:/), query: expect.any(String), threshold: expect.stringMatching(/^\d+$/), ignoreNullValues: 'false' });
  }
});
