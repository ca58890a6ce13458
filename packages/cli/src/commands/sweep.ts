import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { fail } from '@archon-dse/core';
import type { ReportModel } from '@archon-dse/report';
import { loadSweep, runSweep, type SweepResult } from '@archon-dse/runner';
import { inCwd, type Context } from '../context.js';
import { examples, jsonOption, wholeNumber } from '../flags.js';
import { runInterruptibly } from '../interrupt.js';
import { EXIT } from '../output.js';
import { createProgress } from '../progress.js';
import { sweepText } from '../sweep-text.js';
import { writeReport } from '../write-report.js';

interface Flags {
  readonly out?: string;
  readonly workers?: number;
  readonly limit?: number;
  readonly resume?: boolean;
  readonly retryFailed?: boolean;
  readonly json?: boolean;
}

const STOPPING = 'Stopping; run the same command again to finish the sweep.';

/** `archon sweep FILE`: evaluates what is missing and writes the report. */
export function sweepCommand(context: Context): Command {
  return new Command('sweep')
    .description('run a sweep, or the rest of it, and write its report')
    .argument('<file>', 'the sweep, a YAML file')
    .option('--out <folder>', 'where results and report go (default: archon-out/NAME)')
    .option('--workers <n>', "worker threads (default: the sweep's, or one a core)", wholeNumber(1))
    .option('--limit <n>', 'evaluate only so many points, spread evenly', wholeNumber(1))
    .option('--resume', 'insist that there is something to resume; without it a sweep resumes by itself')
    .option('--retry-failed', 'evaluate points again that failed before')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Points that the folder already has are skipped, so an interrupted sweep is finished by running it again.
Exit codes: 0 all points evaluated, 3 some failed (the report lists them), 130 interrupted.
${examples(
  'archon sweep sweeps/quickstart.yaml',
  'archon sweep my.yaml --out results/my --workers 8',
  'archon sweep my.yaml --json | jq .counts',
)}`,
    )
    .action(async (file: string, flags: Flags) => {
      const { sweep, plugins } = await loadSweep(file, context.host);
      const shown = flags.out ?? join('archon-out', sweep.name);
      const outDir = inCwd(context, shown);
      if (flags.resume && !existsSync(join(outDir, 'results'))) {
        fail({
          code: 'ARCHON_FILE_NOT_FOUND',
          message: `"${shown}" holds no sweep to resume`,
          expected: 'the folder of an earlier run',
        });
      }
      const progress = createProgress(context.output);
      const result = await runInterruptibly(context, STOPPING, (signal) => {
        signal.addEventListener('abort', progress.stop);
        return runSweep({
          sweep,
          plugins,
          outDir,
          signal,
          onProgress: (event) => {
            progress.update(event);
          },
          retryFailed: flags.retryFailed === true,
          ...(flags.workers === undefined ? {} : { workers: flags.workers }),
          ...(flags.limit === undefined ? {} : { limit: flags.limit }),
        });
      }).finally(progress.stop);
      const model = await writeReport(outDir, sweep, result.records, result.counts.total);
      if (flags.json) context.output.json({ name: sweep.name, out: outDir, ...outcome(result), ...explained(model) });
      else context.output.result(sweepText(model, result, shown));
      context.setExitCode(exitCode(result));
    });
}

function outcome({ counts, interrupted, sweepChanged }: SweepResult): object {
  return { counts, interrupted, sweepChanged };
}

/** The report's counts and what kept points off the fronts. */
function explained({ counts, reasons, constraintChecks }: ReportModel): object {
  return { summary: counts, reasons, constraintChecks };
}

function exitCode({ interrupted, counts }: SweepResult): number {
  if (interrupted) return EXIT.interrupted;
  return counts.failed > 0 ? EXIT.pointsFailed : EXIT.ok;
}
