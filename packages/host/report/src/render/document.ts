import { deflateSync, strToU8 } from 'fflate';
import { toBase64 } from './bytes.js';

/** A page as one file: its bundle, its data and what the head says. */
export interface PageDocument {
  readonly title: string;
  /** Shown where scripts are off. */
  readonly noScript: string;
  /** Read by the page's program; as JSON, or, where it may be long, as what is packed of it. */
  readonly data: { readonly value: unknown; readonly isPacked: boolean };
  readonly bundle: PageBundle;
  /** Whether it asks the server it came from for more. */
  readonly isServed?: boolean;
}

interface PageBundle {
  readonly SCRIPT: string;
  readonly SCRIPT_HASH: string;
  readonly STYLE: string;
  readonly STYLE_HASH: string;
}

/**
 * What a page may do: run its own script, which is named by its hash, and show images of data. A served page may ask its own server, and nobody
 * else; its style sheet is named by a hash too, and only charts set styles of single elements.
 */
export function pagePolicy({ SCRIPT_HASH, STYLE_HASH }: PageBundle, isServed = false): string {
  return [
    "default-src 'none'",
    `script-src '${SCRIPT_HASH}'`,
    ...(isServed ? [`style-src '${STYLE_HASH}'`, "style-src-attr 'unsafe-inline'"] : ["style-src 'unsafe-inline'"]),
    'img-src data:',
    ...(isServed ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/**
 * One self-contained page that works offline unless it is served; see {@link pagePolicy}. The meta element stands before anything it could
 * apply to. Names reach the page only as JSON data and escaped text. Its title stands before the data, so that something is seen while megabytes are read.
 */
export function renderDocument({ title, noScript, data, bundle, isServed = false }: PageDocument): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy(bundle, isServed)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)} · Archon DSE</title>
<style>${bundle.STYLE}</style>
</head>
<body>
<noscript>${escapeHtml(noScript)}</noscript>
<div id="app"><header><div><p class="brand">Archon DSE</p><h1>${escapeHtml(title)}</h1></div></header></div>
${data.isPacked ? packed(data.value) : json(data.value)}
<script>${bundle.SCRIPT}</script>
</body>
</html>
`;
}

/** JSON that cannot end its script element, open a comment in it or start another. */
function json(value: unknown): string {
  const text = JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="page-data">${text}</script>`;
}

/** Of JSON about a third. Compressed by a program of its own, so that every version of Node gives the same bytes. */
function packed(value: unknown): string {
  const bytes = strToU8(JSON.stringify(value));
  const deflated = toBase64(deflateSync(bytes, { level: 6 }));
  return `<script type="application/deflate;base64" data-bytes="${String(bytes.length)}" id="page-data">${deflated}</script>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
