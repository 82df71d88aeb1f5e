import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workspace } from './render.js';

const read = (...path: readonly string[]) => readFileSync(join(workspace, ...path), 'utf8');
const { version, dependencies, devDependencies } = JSON.parse(read('package.json')) as { version: string; dependencies: Record<string, string>; devDependencies: Record<string, string> };

it('images are built with the Node.js and the pnpm of the workspace', () => {
  const dockerfile = read('docker', 'Dockerfile');
  expect(dockerfile).toContain(`ARG NODE_IMAGE=node:${dependencies.node}-bookworm-slim\n`);
  expect(dockerfile).toContain(`npm install --global pnpm@${devDependencies.pnpm}\n`);
});

it('Compose makes images of this version, under the names that the manifests use', () => {
  const { services } = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, { image: string; build?: { target: string; args: readonly string[] } }> };
  const built = Object.values(services).filter(({ build }) => build !== undefined);
  expect(built.map(({ image }) => image)).toEqual(built.map(({ build }) => `kds/${build?.target}:${version}`));
  expect(built.length).toBeGreaterThan(3);
  for (const { build } of built) expect(build?.args).toContain(`KDS_VERSION=${version}`);
});

it('NATS keeps what it acknowledged, in Compose as in Kubernetes', () => {
  const { config } = parse(read('k8s', 'components', 'nats', 'values.yaml'), { merge: true }) as { config: { jetstream: { enabled: boolean; merge: object } } };
  expect(config.jetstream).toMatchObject({ enabled: true, merge: { sync_interval: 'always' } });
  expect(read('docker', 'nats.conf')).toMatch(/^ *sync_interval: always$/m);
});
