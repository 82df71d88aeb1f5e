import { apis } from './apis.js';
import { client } from './client.js';
import type { Dashboard } from './dashboard.js';
import { fleet } from './fleet.js';
import { internals } from './internals.js';

export const dashboards: readonly Dashboard[] = [fleet, client, apis, internals];

export interface PanelQuery {
  /** `kds: fleet / Orders held`. */
  readonly where: string;
  /** With values in place of Grafana's variables. */
  readonly expr: string;
}

/** Everything that the dashboards ask Prometheus, for one tenant where it is asked for one. */
export function panelQueries({ tenant, rateInterval }: { readonly tenant: string; readonly rateInterval: string }): readonly PanelQuery[] {
  return dashboards.flatMap(({ title, rows }) =>
    rows.flatMap(({ panels }) =>
      panels.flatMap((panel) => panel.queries.map(({ expr }) => ({ where: `${title} / ${panel.title}`, expr: expr.replaceAll('$tenant', tenant).replaceAll('$__rate_interval', rateInterval) }))),
    ),
  );
}
