export * from './report-model.js';
export { buildReport } from './build-report.js';
export { dominates, paretoRanks, type Costs } from './pareto.js';
export { hypervolume } from './hypervolume.js';
export { findKnee, type Knee } from './knee.js';
export { renderCsv } from './render/csv.js';
export { renderJson } from './render/json.js';
export { renderMarkdown } from './render/markdown.js';
export { renderSvg } from './render/svg.js';
