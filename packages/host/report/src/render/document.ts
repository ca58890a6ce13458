/** A page as one file: its bundle, its data and what the head says. */
export interface PageDocument {
  readonly title: string;
  /** Shown where scripts are off. */
  readonly noScript: string;
  /** Read by the page's program. */
  readonly data: unknown;
  readonly bundle: { readonly SCRIPT: string; readonly SCRIPT_HASH: string; readonly STYLE: string };
}

/**
 * One self-contained page that works offline. Nothing is fetched: only this page's own script runs (named by its hash), styles are inline,
 * images are data. The meta element stands before anything it could apply to. Names reach the page only as JSON data and escaped text.
 */
export function renderDocument({ title, noScript, data, bundle }: PageDocument): string {
  const policy = [
    "default-src 'none'",
    `script-src '${bundle.SCRIPT_HASH}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)} · Archon DSE</title>
<style>${bundle.STYLE}</style>
</head>
<body>
<noscript>${escapeHtml(noScript)}</noscript>
<div id="app"></div>
<script type="application/json" id="page-data">${escapeJson(data)}</script>
<script>${bundle.SCRIPT}</script>
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
