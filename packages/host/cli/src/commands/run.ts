import { fail } from '@archon-dse/core';
import type { PreparedExperiment } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { EXIT } from '../terminal/output.js';
import {
  evaluateExperiment,
  readExperiments,
  trainExperiment,
  type ExperimentResult,
  type RunFlags,
} from '../training/run-experiments.js';
import { stageLines, summaryText } from '../training/experiment-text.js';
import { trainInterruptibly } from '../training/watch-stages.js';

interface Flags extends RunFlags {
  readonly json?: boolean;
}

/** `archon run`: experiments, one after the other. */
export async function runExperimentFiles(context: Context, paths: readonly string[], flags: Flags): Promise<void> {
  const experiments = await readExperiments(context, paths, flags);
  const results: ExperimentResult[] = [];
  const isDone = await trainInterruptibly(context, (signal) =>
    flags.evaluate === undefined
      ? runAll(context, experiments, flags, signal, results)
      : evaluateOnly(context, experiments, flags.evaluate, flags, results),
  );
  const failed = results.filter(({ status }) => status === 'failed').length;
  const counts = { total: experiments.length, ok: results.length - failed, failed };
  const interrupted = isDone === undefined;
  if (flags.json) context.output.json({ experiments: results, counts, interrupted });
  else context.output.result(summaryText(results, experiments.length));
  context.setExitCode(interrupted ? EXIT.interrupted : failed > 0 ? EXIT.pointsFailed : EXIT.ok);
}

async function evaluateOnly(
  context: Context,
  [experiment, ...others]: readonly PreparedExperiment[],
  path: string,
  flags: Flags,
  results: ExperimentResult[],
): Promise<true> {
  if (experiment === undefined || others.length > 0) {
    fail({
      code: 'ARCHON_USAGE',
      message: `--evaluate ${path} and ${String(others.length + 1)} experiments`,
      expected: 'the one experiment that the saved model belongs to',
    });
  }
  results.push(await evaluateExperiment(context, experiment, path, flags));
  return true;
}

/** Adds each result to `results` as soon as it is there, so that an interruption loses none. */
async function runAll(
  context: Context,
  experiments: readonly PreparedExperiment[],
  flags: Flags,
  signal: AbortSignal,
  results: ExperimentResult[],
): Promise<true> {
  for (const experiment of experiments) {
    let index = 0;
    const onStage = (stage: Parameters<typeof stageLines>[1]): void => {
      if (!flags.json) context.output.result(stageLines(experiment, stage, index));
      index += 1;
    };
    results.push(await trainExperiment(context, experiment, flags, { signal, onStage }));
  }
  return true;
}
