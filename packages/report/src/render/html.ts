import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE } from '#page-bundle';
import type { ReportModel } from '../report-model.js';
import { toPageData } from './page-data.js';

/**
 * Nothing is fetched: only this page's own script runs (named by its hash), styles are inline, images are data.
 * The meta element stands before anything it could apply to.
 */
const POLICY = [
  "default-src 'none'",
  `script-src '${PAGE_SCRIPT_HASH}'`,
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** `report.html`: one self-contained page that works offline. Names from the sweep reach it only as JSON data and escaped text. */
export function renderHtml(model: ReportModel): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(model.name)} · Archon DSE</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<noscript>This report draws itself with a script it carries; allow scripts to read it. The same numbers are in summary.json and pareto.csv.</noscript>
<div id="app"></div>
<script type="application/json" id="report-data">${escapeJson(toPageData(model))}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** JSON that cannot end its script element, open a comment in it or start another. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
