import { join } from 'node:path';
import { partialNotice, type ReportModel } from '@archon-dse/report';
import { notedIds, openStore, readSweepNote } from '@archon-dse/store';
import { inCwd, type Context } from '../context.js';
import { reasonLines } from '../sweep/reason-text.js';
import { recordsOf, writeReport } from '../sweep/write-report.js';

/** `archon report DIR`: writes the report of a sweep's folder again. */
export async function report(context: Context, folder: string, flags: { readonly json?: boolean }): Promise<void> {
  const outDir = inCwd(context, folder);
  const model = await writeReportOf(outDir);
  const files = {
    report: join(outDir, 'report.html'),
    csv: join(outDir, 'pareto.csv'),
    summary: join(outDir, 'summary.json'),
  };
  if (flags.json) context.output.json({ name: model.name, counts: model.counts, files });
  else context.output.result(reportText(model, files.report));
}

async function writeReportOf(outDir: string): Promise<ReportModel> {
  const note = readSweepNote(outDir);
  const { sweep, confirmations, effort } = note;
  const ids = [...notedIds(note)];
  const store = openStore(outDir);
  try {
    return await writeReport(outDir, sweep, recordsOf(store, ids), {
      total: ids.length,
      ...(confirmations === undefined ? {} : { confirmations }),
      ...(effort === undefined ? {} : { effort }),
    });
  } finally {
    store.close();
  }
}

function reportText(model: ReportModel, report: string): string {
  const { points, total } = model.counts;
  const lines = [
    `${model.name}: ${String(points)} of ${String(total)} points`,
    ...[partialNotice(model.counts)].filter(Boolean),
    ...reasonLines(model),
    `report   ${report}`,
  ];
  return lines.join('\n');
}
