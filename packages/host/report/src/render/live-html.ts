import * as bundle from '#pages/live';
import { pagePolicy, renderDocument } from './document.js';

/** The dashboard: a page without data, which asks the server it came from, and what it may do. */
export function renderLiveHtml(): { readonly html: string; readonly policy: string } {
  const html = renderDocument({
    title: 'Sweeps',
    noScript: 'The dashboard draws itself with a script it carries; allow scripts to use it, or see archon watch.',
    data: { isPacked: false, value: {} },
    bundle,
    isServed: true,
  });
  return { html, policy: `${pagePolicy(bundle, true)}; frame-ancestors 'none'` };
}
