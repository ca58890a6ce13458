import { join } from 'node:path';
import type { EvaluationRecord, Sweep } from '@archon-dse/core';
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

/**
 * Writes all renderings of a sweep's records into its folder, each file atomically.
 *
 * @param total - points of the sweep, so that a report without some of them says so
 */
export async function writeReport(
  outDir: string,
  sweep: Sweep,
  records: readonly EvaluationRecord[],
  total: number,
): Promise<ReportModel> {
  const model = buildReport(sweep, records, total);
  for (const [name, render] of Object.entries(RENDERERS)) await writeFileAtomic(join(outDir, name), render(model));
  return model;
}
