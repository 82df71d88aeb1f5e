import { join } from 'node:path';
import { alertsFolder, prometheusRule } from './alerts/rule-file.js';
import { dashboards } from './dashboards/dashboards.js';
import { toGrafana } from './dashboards/to-grafana.js';
import { metricsDocument } from './metrics/metrics-document.js';

const folder = join(import.meta.dirname, '..');

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** What is made from the sources here and checked in beside them. */
export function generatedFiles(): readonly GeneratedFile[] {
  return [
    ...dashboards.map((dashboard) => ({ path: join(folder, 'dashboards', `${dashboard.uid}.json`), text: toGrafana(dashboard) })),
    { path: join(alertsFolder, 'prometheus-rule.yaml'), text: prometheusRule() },
    { path: join(folder, '..', 'docs', 'metrics.md'), text: metricsDocument() },
  ];
}
