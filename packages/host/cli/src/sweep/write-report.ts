import { join } from 'node:path';
import { attemptFile, type Confirmation, type Sweep } from '@archon-dse/core';
import {
  buildReport,
  renderCsv,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderSvg,
  type RecordSource,
  type ReportModel,
} from '@archon-dse/report';
import type { RecordStore } from '@archon-dse/store';
import writeFileAtomic from 'write-file-atomic';

/** The files of a report, by name. */
const RENDERERS: Readonly<Record<string, (model: ReportModel) => string>> = {
  'summary.json': renderJson,
  'pareto.csv': renderCsv,
  'report.html': renderHtml,
  'report.md': renderMarkdown,
  'front.svg': renderSvg,
};

/** The points of a sweep, whether a run was to evaluate them or not. */
export interface SweepPoints {
  /** How many there are, of both steps where it has two. */
  readonly total: number;
  readonly confirmations?: readonly Confirmation[];
  /** The axis of effort of a search by it, as its path. */
  readonly effort?: string;
}

/** Those of some points that a store has. */
export function recordsOf(store: RecordStore, ids: readonly string[]): RecordSource {
  return { heads: () => store.heads(ids), record: (id) => store.record(id) };
}

/**
 * Writes all renderings of a sweep's records into its folder, each file atomically. Refusals are ARCHON_FILE_REFUSED.
 *
 * @param points - so that a report without some of them says so
 */
export async function writeReport(
  outDir: string,
  sweep: Sweep,
  source: RecordSource,
  { total, confirmations, effort }: SweepPoints,
): Promise<ReportModel> {
  const model = buildReport(sweep, source, total, confirmations, effort);
  for (const [name, render] of Object.entries(RENDERERS)) {
    const path = join(outDir, name);
    const text = render(model);
    await attemptFile({ path, doing: 'written' }, () => writeFileAtomic(path, text));
  }
  return model;
}
