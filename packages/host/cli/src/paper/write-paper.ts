import { join } from 'node:path';
import { attemptFile } from '@archon-dse/core';
import { makeFolder } from '@archon-dse/core/files';
import { PAPER_WORDS, type Reproduction } from '@archon-dse/ics21';
import { renderPaperHtml } from '@archon-dse/report';
import writeFileAtomic from 'write-file-atomic';
import type { FiguresByState } from './figures-by-state.js';
import { paperModel, type NamedFigures } from './paper-model.js';

/** Writes `paper.html` and `paper.json`, the document of `--json`, each atomically, and tells the page's path. */
export async function writePaper(
  outDir: string,
  document: object,
  reproduction: Reproduction,
  figures: FiguresByState,
): Promise<string> {
  const [page, data] = [join(outDir, 'paper.html'), join(outDir, 'paper.json')];
  const html = renderPaperHtml(paperModel(reproduction, runsOf(reproduction, figures)));
  makeFolder(outDir);
  await write(data, `${JSON.stringify(document, undefined, 2)}\n`);
  await write(page, html);
  return page;
}

function write(path: string, text: string): Promise<void> {
  return attemptFile({ path, doing: 'written' }, () => writeFileAtomic(path, text));
}

/** The rules that were asked for, when they are neither of the others; all published; all corrected. */
function runsOf(reproduction: Reproduction, figures: FiguresByState): readonly NamedFigures[] {
  const corrected = reproduction.rules.filter(({ state }) => state === 'corrected').map(({ name }) => name);
  const isMixed = corrected.length > 0 && corrected.length < reproduction.rules.length;
  return [
    { id: 'published', ...PAPER_WORDS.runs.published, figures: figures('published') },
    { id: 'corrected', ...PAPER_WORDS.runs.corrected, figures: figures('corrected') },
    ...(isMixed
      ? [{ id: 'asked', title: 'As asked', description: `Corrected: ${corrected.join(', ')}.`, figures: reproduction }]
      : []),
  ];
}
