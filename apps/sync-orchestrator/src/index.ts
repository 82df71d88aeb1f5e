export { migrations } from './migrations/index.js';
export { type LeftAlone, type PriceChange, previewRuns, type RunsPreview, type StockChange } from './preview-runs/preview-runs.js';
