import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, spawnGuarded } from '@kds/embedded';
import { Agent, request } from 'undici';
import { until } from '../until.js';
import { end, type KubeProcess } from './kube-process.js';

const token = createHash('sha256').update(`kds envtest ${process.pid}`).digest('hex');

/** etcd and kube-apiserver as controller-runtime's envtest lays them out. Its certificate is its own, so the client does not check it. */
export async function startEnvtest(binaries: string, folder: string): Promise<KubeProcess> {
  await mkdir(folder, { recursive: true });
  const files = await keepFiles(folder);
  const [clients, peers] = [await freePort(), await freePort()];
  const etcdUrl = `http://127.0.0.1:${clients}`;
  const peerUrl = `http://127.0.0.1:${peers}`;
  const etcd = await spawnGuarded({
    command: join(binaries, 'etcd'),
    args: ['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--listen-client-urls', etcdUrl, '--advertise-client-urls', etcdUrl, '--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl, '--initial-cluster', `default=${peerUrl}`],
  });
  etcd.onLine(() => undefined);
  const apiServer = await spawnGuarded({
    command: join(binaries, 'kube-apiserver'),
    args: [
      '--etcd-servers', etcdUrl, '--bind-address', '127.0.0.1', '--secure-port', String(files.port), '--cert-dir', join(folder, 'certificates'),
      '--service-account-issuer', 'https://kubernetes.default.svc', '--service-account-key-file', files.serviceAccountKey, '--service-account-signing-key-file', files.serviceAccountKey,
      '--token-auth-file', files.tokens, '--authorization-mode', 'RBAC', '--service-cluster-ip-range', '10.0.0.0/24', '--disable-admission-plugins', 'ServiceAccount',
    ],
  });
  apiServer.onLine(() => undefined);
  const stop = async () => {
    await end(apiServer);
    await end(etcd);
  };
  await until(() => isReady(files.port), { timeoutMs: 60_000, describe: 'kube-apiserver is ready' }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { kubeconfig: files.kubeconfig, stop };
}

/** What must be the same after a restart: the port, the token, the key that signs tokens of service accounts. */
async function keepFiles(folder: string) {
  const [kubeconfig, tokens, serviceAccountKey, portFile] = ['kubeconfig', 'tokens.csv', 'service-account.key', 'port'].map((name) => join(folder, name)) as [string, string, string, string];
  const kept = await readFile(portFile, 'utf8').catch(() => undefined);
  const port = kept === undefined ? await freePort() : Number(kept);
  if (kept === undefined) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
    await writeFile(serviceAccountKey, privateKey);
    await writeFile(tokens, `${token},admin,admin,system:masters\n`);
    await writeFile(kubeconfig, JSON.stringify(kubeconfigOf({ server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true }, token)));
    await writeFile(portFile, String(port));
  }
  return { kubeconfig, tokens, serviceAccountKey, port };
}

export function kubeconfigOf(cluster: object, bearer: string): object {
  return {
    apiVersion: 'v1', kind: 'Config', 'current-context': 'test',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user: { token: bearer } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', namespace: 'default' } }],
  };
}

async function isReady(port: number): Promise<boolean> {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  try {
    const { statusCode, body } = await request(`https://127.0.0.1:${port}/readyz`, { dispatcher, headers: { authorization: `Bearer ${token}` } });
    await body.dump();
    return statusCode === 200;
  } finally {
    await dispatcher.close();
  }
}
