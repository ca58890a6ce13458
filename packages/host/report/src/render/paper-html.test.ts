import { describe, expect, it } from 'vitest';
import type { PaperModel } from '../paper-model.js';
import { renderPaperHtml } from './paper-html.js';

const HOSTILE = '</script><script>alert(1)</script><!--';
const model: PaperModel = {
  title: HOSTILE,
  description: HOSTILE,
  headline: { claim: HOSTILE, network: HOSTILE, speedups: [], isInference: true, note: HOSTILE },
  leads: { totals: HOSTILE, blocks: HOSTILE, components: HOSTILE, rules: HOSTILE, comparisons: HOSTILE },
  accelerators: [],
  networks: [],
  runs: [],
  rules: [],
  comparisons: [],
  notes: [HOSTILE],
  sources: [],
};

describe('renderPaperHtml', () => {
  const html = renderPaperHtml(model);

  it('keeps names out of the markup and gives them back to the page', () => {
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('<title>&lt;/script&gt;&lt;script&gt;alert(1)');
    const data = /<script type="application\/json" id="page-data">(.*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(JSON.parse(data)).toEqual(model);
  });

  it('names its one script in the policy and asks for nothing else', () => {
    expect(html).toMatch(/default-src 'none'; script-src 'sha256-[A-Za-z0-9+/=]+'; style-src 'unsafe-inline'/);
    expect(html).not.toMatch(/<(link|script|img)[^>]+(src|href)="(?!data:)/);
  });
});
