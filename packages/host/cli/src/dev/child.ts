/** One run of `archon dev`, in a process of its own: plugins are imported afresh, and whatever they leave behind ends with it. */
import { once } from 'node:events';
import { canonicalJson, ENGINE_METRICS, type Point, type RecordHead } from '@archon-dse/core';
import type { SweepResult } from '@archon-dse/runner';
import { simulatePoint } from '../commands/simulate.js';
import { sweepFile } from '../commands/sweep.js';
import type { Context } from '../context.js';
import { processContext } from '../process-context.js';
import { reportError, type Output } from '../terminal/output.js';
import { EARLY } from './child-run.js';
import { loadEarly } from './load-early.js';
import type { DevOutcome, DevTarget } from './run.js';

const real = processContext();
const stop = new AbortController();
process.on('SIGTERM', () => {
  stop.abort();
});
const context: Context = { ...real, cwd: process.cwd(), output: mutable(real.output) };

const target = awaitTarget();
if (process.argv.includes(EARLY)) await loadEarly(context.host).catch(() => undefined); // the run will say it

try {
  const outcome = await run(await target);
  process.send?.(outcome);
} catch (error) {
  context.output.live([]);
  if (!stop.signal.aborted) context.setExitCode(reportError(error, context.output, false));
}
process.disconnect();
real.finish();

/** What is to be run, as soon as somebody says it. */
async function awaitTarget(): Promise<DevTarget> {
  const leave = (): void => process.exit();
  process.on('disconnect', leave); // nobody is there any more to say it
  const [given] = (await once(process, 'message')) as [DevTarget];
  process.off('disconnect', leave);
  return given;
}

/** Nobody reads what a run says that is stopped because it is out of date. */
function mutable(output: Output): Output {
  const unlessStopped =
    <A extends unknown[]>(write: (...given: A) => void) =>
    (...given: A): void => {
      if (!stop.signal.aborted) write(...given);
    };
  return Object.assign(Object.create(output) as Output, {
    result: unlessStopped(output.result),
    info: unlessStopped(output.info),
    live: unlessStopped(output.live),
  });
}

async function run(target: DevTarget): Promise<DevOutcome> {
  if ('file' in target) {
    const { sweep, result } = await sweepFile(context, target.file, target.flags);
    const { objectives } = sweep;
    const { skipped, failed, refined = { skipped: 0, failed: 0 } } = result.counts;
    const kept = skipped + refined.skipped;
    return {
      ...{ objectives, evaluated: result.pointIds.length - kept, kept, failed: failed + refined.failed },
      points: metricsOf(finalRecords(result)),
    };
  }
  const { point, evaluation } = await simulatePoint(context, target.flags);
  const objectives = ['cycles', 'energyPj', 'areaUm2'].map((metric) => ({
    metric,
    direction: ENGINE_METRICS[metric]?.direction ?? 'minimize',
  }));
  return { objectives, evaluated: 1, kept: 0, failed: 0, points: metricsOf([{ point, metrics: evaluation.metrics }]) };
}

/** What fronts are made of. */
function finalRecords({ store, pointIds, confirmations = [] }: SweepResult): readonly RecordHead[] {
  const refined = new Set(confirmations.map(({ pointId }) => pointId));
  return [...store.heads(refined.size === 0 ? pointIds : pointIds.filter((id) => refined.has(id)))];
}

function metricsOf(records: readonly (Pick<RecordHead, 'metrics'> & { readonly point: Point })[]) {
  return Object.fromEntries(
    records
      .filter(({ metrics }) => Object.keys(metrics).length > 0)
      .map(({ point, metrics }) => [canonicalJson(point), metrics]),
  );
}
