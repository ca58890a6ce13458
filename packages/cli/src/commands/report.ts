import { join } from 'node:path';
import { Command } from 'commander';
import { partialNotice, type ReportModel } from '@archon-dse/report';
import { readJournal, readSweepNote } from '@archon-dse/runner';
import { inCwd, type Context } from '../context.js';
import { examples, jsonOption } from '../flags.js';
import { reasonLines } from '../reason-text.js';
import { writeReport } from '../write-report.js';

/** `archon report DIR`: writes the report of a sweep's folder again. */
export function reportCommand(context: Context): Command {
  return new Command('report')
    .description('write the report of a finished or interrupted sweep again')
    .argument('<folder>', 'the folder of the sweep')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('archon report archon-out/quickstart', 'archon report results/my --json | jq .counts'),
    )
    .action(async (folder: string, flags: { readonly json?: boolean }) => {
      const outDir = inCwd(context, folder);
      const { sweep, pointIds } = readSweepNote(outDir);
      const records = await readJournal(outDir);
      const present = pointIds.flatMap((id) => records.get(id) ?? []);
      const model = await writeReport(outDir, sweep, present, pointIds.length);
      const files = {
        report: join(outDir, 'report.html'),
        csv: join(outDir, 'pareto.csv'),
        summary: join(outDir, 'summary.json'),
      };
      if (flags.json) context.output.json({ name: model.name, counts: model.counts, files });
      else context.output.result(reportText(model, files.report));
    });
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
