import { join } from 'node:path';
import { partialNotice, type ReportModel } from '@archon-dse/report';
import { readJournal, readSweepNote } from '@archon-dse/runner';
import { inCwd, type Context } from '../context.js';
import { reasonLines } from '../sweep/reason-text.js';
import { writeReport } from '../sweep/write-report.js';

/** `archon report DIR`: writes the report of a sweep's folder again. */
export async function report(context: Context, folder: string, flags: { readonly json?: boolean }): Promise<void> {
  const outDir = inCwd(context, folder);
  const { sweep, pointIds, confirmations } = readSweepNote(outDir);
  const records = await readJournal(outDir);
  const ids = [...new Set([...pointIds, ...(confirmations ?? []).map(({ pointId }) => pointId)])];
  const present = ids.flatMap((id) => records.get(id) ?? []);
  const model = await writeReport(outDir, sweep, present, {
    total: ids.length,
    ...(confirmations === undefined ? {} : { confirmations }),
  });
  const files = {
    report: join(outDir, 'report.html'),
    csv: join(outDir, 'pareto.csv'),
    summary: join(outDir, 'summary.json'),
  };
  if (flags.json) context.output.json({ name: model.name, counts: model.counts, files });
  else context.output.result(reportText(model, files.report));
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
