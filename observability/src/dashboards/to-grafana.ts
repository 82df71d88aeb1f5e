import { ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import * as grafana from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as NumberBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { LegendDisplayMode, LegendPlacement, VizLegendOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Dashboard, Panel, Query } from './dashboard.js';

const datasource = { type: 'prometheus', uid: '${datasource}' };
const sizes = { lines: { width: 12, height: 8 }, table: { width: 12, height: 8 }, number: { width: 4, height: 4 } } as const;

/** Grafana's JSON, formatted as it is checked in. */
export function toGrafana(dashboard: Dashboard): string {
  return `${JSON.stringify(build(dashboard), null, 2)}\n`;
}

function build({ uid, title, description, ofTenant, rows }: Dashboard): grafana.Dashboard {
  const builder = new grafana.DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['kds'])
    .readonly()
    .timezone('browser')
    .refresh('30s')
    .time({ from: 'now-6h', to: 'now' })
    .link(new grafana.DashboardLinkBuilder('kds').type(grafana.DashboardLinkType.Dashboards).tags(['kds']).asDropdown(true))
    .withVariable(new grafana.DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'));
  if (ofTenant) {
    const tenants = new grafana.QueryVariableBuilder('tenant').label('Client').datasource(datasource).query('label_values(kds_tenant_info, tenant)').refresh(grafana.VariableRefresh.OnTimeRangeChanged).sort(grafana.VariableSort.AlphabeticalAsc);
    builder.withVariable(tenants);
  }
  for (const row of rows) {
    builder.withRow(new grafana.RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(toPanel(panel));
  }
  return builder.build();
}

function toPanel(panel: Panel) {
  const { kind, title, description, unit, queries, alarmFrom } = panel;
  const { width, height } = sizes[kind];
  const builder = kind === 'lines' ? linesPanel() : kind === 'table' ? new TableBuilder() : new NumberBuilder();
  builder.title(title).description(description).unit(unit).datasource(datasource).span(width).height(height);
  for (const [index, query] of queries.entries()) builder.withTarget(toTarget(query, { refId: String.fromCharCode(65 + index), kind }));
  if (kind !== 'lines') builder.thresholds(thresholds(alarmFrom));
  return builder;
}

function linesPanel() {
  const legend = new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).showLegend(true);
  return new LinesBuilder().legend(legend).fillOpacity(8).min(0);
}

function toTarget({ expr, legend }: Query, { refId, kind }: { readonly refId: string; readonly kind: Panel['kind'] }) {
  const target = new DataqueryBuilder().refId(refId).expr(expr).legendFormat(legend ?? '__auto');
  if (kind === 'lines') return target.range();
  return kind === 'table' ? target.instant().format(PromQueryFormat.Table) : target.instant();
}

function thresholds(alarmFrom: number | undefined) {
  const steps = [{ value: null, color: 'green' }, ...(alarmFrom === undefined ? [] : [{ value: alarmFrom, color: 'red' }])];
  return new grafana.ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}
