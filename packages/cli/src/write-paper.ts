import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { allRules, computeIcs21, type ReproduceOptions, type Reproduction } from '@archon-dse/ics21';
import { renderPaperHtml } from '@archon-dse/report';
import writeFileAtomic from 'write-file-atomic';
import { paperModel, type NamedFigures } from './paper-model.js';

/** Writes `paper.html` and `paper.json`, the document of `--json`, each atomically, and tells the page's path. */
export async function writePaper(
  outDir: string,
  document: object,
  reproduction: Reproduction,
  options: ReproduceOptions,
): Promise<string> {
  const page = join(outDir, 'paper.html');
  await mkdir(outDir, { recursive: true });
  await writeFileAtomic(join(outDir, 'paper.json'), `${JSON.stringify(document, undefined, 2)}\n`);
  await writeFileAtomic(page, renderPaperHtml(paperModel(reproduction, runsOf(reproduction, options))));
  return page;
}

/** The rules that were asked for, when they are neither of the others; all published; all corrected. */
function runsOf(reproduction: Reproduction, options: ReproduceOptions): readonly NamedFigures[] {
  const corrected = reproduction.rules.filter(({ state }) => state === 'corrected').map(({ name }) => name);
  const isMixed = corrected.length > 0 && corrected.length < reproduction.rules.length;
  const under = (state: 'published' | 'corrected'): NamedFigures['figures'] =>
    computeIcs21({ ...options, rules: allRules(state) });
  return [
    {
      id: 'published',
      title: 'As published',
      description: 'Every decision as the publication took it.',
      figures: under('published'),
    },
    {
      id: 'corrected',
      title: 'Corrected',
      description: 'Every questionable decision corrected, all at once; mappings are proven optima.',
      figures: under('corrected'),
    },
    ...(isMixed
      ? [{ id: 'asked', title: 'As asked', description: `Corrected: ${corrected.join(', ')}.`, figures: reproduction }]
      : []),
  ];
}
