import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

export const alertsFolder = join(import.meta.dirname, '..', '..', 'alerts');
export const rulesPath = join(alertsFolder, 'kds.rules.yaml');

export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}

export function readRules(): readonly Rule[] {
  return readRuleFile().groups.flatMap(({ rules }) => rules);
}

/** In the order of the file. */
export function readGroupNames(): readonly string[] {
  return readRuleFile().groups.map(({ name }) => name);
}

function readRuleFile(): RuleFile {
  return parse(readFileSync(rulesPath, 'utf8')) as RuleFile;
}

/** The same rules as an object of the Prometheus operator. */
export function prometheusRule(): string {
  const object = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'kds', labels: { 'app.kubernetes.io/part-of': 'kds' } }, spec: readRuleFile() };
  return `# Generated from kds.rules.yaml; see observability/README.md.\n${stringify(object, { lineWidth: 0 })}`;
}
