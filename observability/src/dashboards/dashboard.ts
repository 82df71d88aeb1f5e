/** A dashboard as it is written down here; `to-grafana.ts` makes Grafana's JSON of it. */
export interface Dashboard {
  /** Part of its address, and the name of its file. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Whether it shows one tenant, chosen in `$tenant`. */
  readonly ofTenant?: boolean;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Panel {
  readonly kind: 'lines' | 'number' | 'table';
  readonly title: string;
  /** What one should see, and what it means when one does not. */
  readonly description: string;
  /** Grafana's: `s`, `short`, `percentunit`, `reqps`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** From this value on it is shown as trouble. */
  readonly alarmFrom?: number;
}

export interface Query {
  readonly expr: string;
  /** Grafana's legend, `{{label}}` in it. */
  readonly legend?: string;
}

type PanelParts = Omit<Panel, 'kind' | 'unit' | 'queries'> & { readonly unit?: string };

function panel(kind: Panel['kind'], { unit = 'short', ...parts }: PanelParts, queries: readonly Query[]): Panel {
  return { kind, unit, queries, ...parts };
}

export function lines(parts: PanelParts, ...queries: readonly Query[]): Panel {
  return panel('lines', parts, queries);
}

export function number(parts: PanelParts, expr: string): Panel {
  return panel('number', parts, [{ expr }]);
}

export function table(parts: PanelParts, expr: string): Panel {
  return panel('table', parts, [{ expr }]);
}
