export { rulesPath } from './alerts/rule-file.js';
export { type PanelQuery, panelQueries } from './dashboards/dashboards.js';
export { exportedMetrics } from './metrics/exported-metrics.js';
