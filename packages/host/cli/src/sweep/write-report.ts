import { join } from 'node:path';
import { attemptFile, type Confirmation, type EvaluationRecord, type Sweep } from '@archon-dse/core';
import {
  buildReport,
  renderCsv,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderSvg,
  type ReportModel,
} from '@archon-dse/report';
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
}

/**
 * Writes all renderings of a sweep's records into its folder, each file atomically. Refusals are ARCHON_FILE_REFUSED.
 *
 * @param points - so that a report without some of them says so
 */
export async function writeReport(
  outDir: string,
  sweep: Sweep,
  records: readonly EvaluationRecord[],
  { total, confirmations }: SweepPoints,
): Promise<ReportModel> {
  const model = buildReport(sweep, records, total, confirmations);
  for (const [name, render] of Object.entries(RENDERERS)) {
    const path = join(outDir, name);
    const text = render(model);
    await attemptFile({ path, doing: 'written' }, () => writeFileAtomic(path, text));
  }
  return model;
}
