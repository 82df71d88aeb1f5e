import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itUnless } from '@kds/testing';
import { installations } from './installations.js';
import { type Container, nameOf, ofKind, selects, type Labels, type Manifest, type Workload } from './manifest.js';
import { rendererMissing, workspace } from './render.js';

const itRendered = itUnless(rendererMissing);
const version = (JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as { version: string }).version;

/** The services finish their work in hand within so many seconds. */
const finishWithin = 8;

describe.each(Object.entries(installations))('%s', (_, manifests) => {
  const deployments = ofKind<Workload>(manifests, 'Deployment');
  const workloads = ofKind<Workload>(manifests, 'Deployment', 'Job');
  const every = (check: (workload: Workload) => void) => () => {
    expect(workloads.length).toBeGreaterThan(3);
    workloads.forEach(check);
  };
  const everyContainer = (check: (container: Container) => void) => every(({ spec }) => spec.template.spec.containers.forEach(check));
  const everyDeployment = (check: (workload: Workload) => void) => () => {
    expect(deployments.length).toBeGreaterThan(2);
    deployments.forEach(check);
  };

  itRendered('has the three services and the migrations, once each, and nothing whose end would be that of the clients', () => {
    expect(manifests.map(nameOf)).toEqual(expect.arrayContaining(['Deployment keycrm-gateway', 'Deployment dilovod-gateway', 'Deployment sync-orchestrator', 'Job migrate']));
    expect(new Set(manifests.map(nameOf)).size).toBe(manifests.length);
    expect(manifests.filter(({ metadata }) => metadata.namespace !== 'kds')).toEqual([]);
    expect(ofKind(manifests, 'Namespace', 'CustomResourceDefinition')).toEqual([]);
  });

  itRendered('no pod runs as root, or with more than it needs', every(({ spec }) => {
    expect(spec.template.spec.securityContext).toEqual({ runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } });
    expect(spec.template.spec.volumes ?? []).toEqual([]);
  }));

  itRendered('no container can write to its image, gain rights or keep capabilities', everyContainer(({ securityContext }) => {
    expect(securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  }));

  itRendered('every container says what it needs and what it may take', everyContainer(({ resources }) => {
    expect(resources).toEqual({ requests: { cpu: expect.any(String), memory: expect.any(String) }, limits: { cpu: expect.any(String), memory: expect.any(String) } });
  }));

  itRendered('images are ours, of this version, or of a digest', everyContainer(({ image }) => {
    expect(image).toMatch(new RegExp(`^([a-z0-9.-]+/)?kds/[a-z-]+(:${version.replaceAll('.', '\\.')}|@sha256:[0-9a-f]{64})$`));
  }));

  itRendered('a token is given to who asks the API server, and to nobody else', () => {
    const given = Object.fromEntries(workloads.map(({ metadata, spec }) => [metadata.name.replace(/-big-shop$/, ''), spec.template.spec.automountServiceAccountToken]));
    expect(given).toEqual({ 'keycrm-gateway': true, 'dilovod-gateway': true, 'sync-orchestrator': true, migrate: false });
    const accounts = ofKind<Manifest & { automountServiceAccountToken: boolean }>(manifests, 'ServiceAccount');
    expect(accounts.filter(({ automountServiceAccountToken }) => automountServiceAccountToken)).toEqual([]);
    const used = workloads.map(({ spec }) => spec.template.spec.serviceAccountName).filter((name) => name !== undefined);
    expect(accounts.map(({ metadata }) => metadata.name).sort()).toEqual([...used].sort());
  });

  itRendered('F3: no key or password stands in a manifest', () => {
    expect(ofKind(manifests, 'Secret')).toEqual([]);
    const written = workloads.flatMap(({ spec }) => spec.template.spec.containers.flatMap(({ env = [] }) => env.filter(({ value }) => value !== undefined)));
    expect(written).toEqual([]);
  });

  itRendered('every service is probed', everyDeployment(({ spec }) => {
    for (const { ports, startupProbe, livenessProbe, readinessProbe } of spec.template.spec.containers) {
      expect(ports).toEqual([{ name: 'http', containerPort: 8080 }]);
      expect([startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet)).toEqual([
        { path: '/health/live', port: 'http' },
        { path: '/health/live', port: 'http' },
        { path: '/health/ready', port: 'http' },
      ]);
    }
  }));

  itRendered('E4: a roll-out takes no pod away before another is ready', everyDeployment(({ spec }) => {
    expect(spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
  }));

  itRendered('E4: a pod that leaves has time to drain, and waits first where others send to it', everyDeployment(({ spec }) => {
    const sentTo = ofKind<Manifest & { spec: { selector: Labels } }>(manifests, 'Service').some((service) => selects(service.spec.selector, spec.template.metadata.labels));
    const before = spec.template.spec.containers[0]?.lifecycle?.preStop?.sleep.seconds ?? 0;
    if (sentTo) expect(before).toBeGreaterThanOrEqual(5);
    expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(before + finishWithin + 5);
  }));

  itRendered('pods are spread over zones and nodes, their own kind against each other', everyDeployment(({ spec }) => {
    const spread = spec.template.spec.topologySpreadConstraints ?? [];
    expect(spread.map(({ topologyKey }) => topologyKey)).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
    for (const { labelSelector } of spread) expect(labelSelector.matchLabels).toEqual(spec.selector?.matchLabels);
  }));

  itRendered('exactly one disruption budget, and exactly one Deployment, takes each pod', everyDeployment(({ metadata, spec }) => {
    const labels = spec.template.metadata.labels;
    const budgets = ofKind<Manifest & { spec: { maxUnavailable: number; selector: { matchLabels: Labels } } }>(manifests, 'PodDisruptionBudget');
    expect(budgets.filter(({ spec: budget }) => selects(budget.selector.matchLabels, labels)).map((budget) => [budget.metadata.name, budget.spec.maxUnavailable])).toEqual([[metadata.name, 1]]);
    expect(deployments.filter((other) => selects(other.spec.selector?.matchLabels ?? {}, labels))).toHaveLength(1);
  }));

  itRendered('every pod is known as part of kds', every(({ spec }) => {
    expect(spec.template.metadata.labels['app.kubernetes.io/part-of']).toBe('kds');
  }));

  itRendered('E4: who is scaled by work has no number of pods in the manifest', () => {
    const scaled = ofKind<Manifest & { spec: { scaleTargetRef: { name: string } } }>(manifests, 'ScaledObject').map(({ spec }) => spec.scaleTargetRef.name);
    for (const { metadata, spec } of deployments) expect(spec.replicas === undefined).toBe(scaled.includes(metadata.name));
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(scaled));
  });
});

const own = ofKind<Workload>(Object.values(installations).at(-1) ?? [], 'Deployment', 'Job');

itRendered('E4: a dedicated pool serves its own name, and the shared gateways serve theirs', () => {
  const pools = own.flatMap(({ metadata, spec }) => {
    const pool = spec.template.spec.containers[0]?.env?.find(({ name }) => name === 'KDS_POOLS');
    return pool === undefined ? [] : [[metadata.name, pool.valueFrom, spec.template.metadata.labels['kds.io/pool']]];
  });
  const fromLabel = { fieldRef: { fieldPath: "metadata.labels['kds.io/pool']" } };
  expect(pools.sort()).toEqual([
    ['dilovod-gateway', fromLabel, 'shared'], ['dilovod-gateway-big-shop', fromLabel, 'big-shop'],
    ['keycrm-gateway', fromLabel, 'shared'], ['keycrm-gateway-big-shop', fromLabel, 'big-shop'],
  ]);
});

itRendered('with a Postgres of its own, orchestrator and migrations take the address that its operator writes', () => {
  const addresses = own.flatMap(({ metadata, spec }) => spec.template.spec.containers.flatMap(({ env = [] }) => env.filter(({ name }) => name === 'DATABASE_URL').map(({ valueFrom }) => [metadata.name, valueFrom])));
  expect(addresses.sort()).toEqual(['migrate', 'sync-orchestrator'].map((name) => [name, { secretKeyRef: { name: 'kds-postgres-app', key: 'uri' } }]));
});
