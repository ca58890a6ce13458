import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Command } from 'commander';
import { fail, type Sweep } from '@archon-dse/core';
import { expandSweep, readJournal } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../flags.js';
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
      const outDir = isAbsolute(folder) ? folder : join(context.cwd, folder);
      const sweep = readSweep(outDir, folder);
      const { registry } = await context.loadPlugins(sweep.plugins, outDir);
      const records = new Map(await readJournal(outDir));
      const present = expandSweep(sweep, registry).jobs.flatMap(({ id }) => records.get(id) ?? []);
      const model = await writeReport(outDir, sweep, present);
      const files = {
        report: join(outDir, 'report.html'),
        csv: join(outDir, 'pareto.csv'),
        summary: join(outDir, 'summary.json'),
      };
      if (flags.json) context.output.json({ name: model.name, counts: model.counts, files });
      else context.output.result(`${model.name}: ${String(model.counts.points)} points\nreport   ${files.report}`);
    });
}

function readSweep(outDir: string, shown: string): Sweep {
  const file = join(outDir, 'sweep.json');
  if (!existsSync(file)) {
    fail({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: `"${shown}" holds no sweep (no sweep.json)`,
      expected: 'a folder that archon sweep wrote',
    });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Sweep;
}
