import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPrometheus } from '@kds/embedded';
import { rulesPath } from '@kds/monitoring';
import type { Stack } from '@kds/kds';

export interface PrometheusRuleState {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
  /** Of alarms. */
  readonly state?: 'inactive' | 'pending' | 'firing';
  readonly alerts?: readonly { readonly state: 'pending' | 'firing'; readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>> }[];
}

export interface Watch {
  /** Series that an expression has now. Rejects with Prometheus' own words when it is none. */
  series(expr: string): Promise<readonly { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] }[]>;
  rules(): Promise<readonly PrometheusRuleState[]>;
  stop(): Promise<void>;
}

const services = ['keycrm-gateway', 'dilovod-gateway', 'sync-orchestrator'] as const;

/**
 * A real Prometheus that scrapes every replica of a stack once a second and evaluates our rules; with `holdsFor` (e.g. `2s`) in the place of how long each alarm
 * waits by itself (`for`), which no test can wait for.
 */
export async function watchWithPrometheus(program: string, stack: Stack, { holdsFor }: { readonly holdsFor?: string } = {}): Promise<Watch> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kds-prometheus-'));
  const rules = await readFile(rulesPath, 'utf8');
  const rulesFile = join(dataDir, 'kds.rules.yaml');
  await writeFile(rulesFile, holdsFor === undefined ? rules : rules.replace(/^(\s+for:) .+$/gm, `$1 ${holdsFor}`));
  const jobs = services.map((job_name) => ({ job_name, static_configs: [{ targets: stack.urls(job_name).map((url) => new URL(url).host) }] }));
  const config = JSON.stringify({ global: { scrape_interval: '1s', evaluation_interval: '1s' }, rule_files: [rulesFile], scrape_configs: jobs }); // JSON is YAML
  const server = await startEmbeddedPrometheus({ program, dataDir, config });
  const ask = async <T>(path: string): Promise<T> => {
    const answer = (await (await fetch(`${server.url}/api/v1/${path}`)).json()) as { status: string; error?: string; data: T };
    if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
    return answer.data;
  };
  return {
    series: async (expr) => (await ask<{ result: Awaited<ReturnType<Watch['series']>> }>(`query?query=${encodeURIComponent(expr)}`)).result,
    rules: async () => (await ask<{ groups: readonly { rules: readonly PrometheusRuleState[] }[] }>('rules')).groups.flatMap(({ rules }) => rules),
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
