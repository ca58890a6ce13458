import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fail } from '@archon-dse/core';
import { guardProcess, loadSweep, planSweep, runShard } from '@archon-dse/runner';
import { inCwd, type Context } from '../context.js';
import { layerKeeping } from '../sweep/layer-keeping.js';
import { EXIT } from '../terminal/output.js';

/** What a scheduler and a terminal end a task with, and its exit code then. */
const ENDS = { SIGTERM: 143, SIGINT: EXIT.interrupted } as const;

/** `archon shard FILE`: evaluates a part of a sweep. */
export async function shard(
  context: Context,
  file: string,
  { workers = givenCores(), json }: { readonly workers?: number; readonly json?: boolean },
): Promise<void> {
  const { host, output } = context;
  if (host.guard !== undefined) guardProcess(host.guard);
  const keeping = layerKeeping();
  const { result, end } = await untilEnded((signal) =>
    runShard({
      file: inCwd(context, file),
      workers,
      signal,
      ...(keeping === undefined ? {} : { keeping }),
      onStart: (points) => output.info(startText(file, points, workers)),
    }),
  );
  const { total, skipped, evaluated, failed } = result;
  if (json) output.json({ file, ...result });
  else {
    const before = skipped > 0 ? `, ${String(skipped)} from before` : '';
    const wrong = failed > 0 ? `, ${String(failed)} failed` : '';
    output.result(`${file}: ${String(evaluated + skipped)} of ${String(total)} points${before}${wrong}`);
  }
  if (result.interrupted && end !== undefined) context.setExitCode(ENDS[end]);
}

function startText(file: string, points: number, workers: number): string {
  return `${file}: ${String(points)} points in ${String(workers)} ${workers === 1 ? 'thread' : 'threads'}`;
}

/** The cores that a scheduler gave this task, or else all. */
function givenCores(): number {
  const given = Number(process.env['SLURM_CPUS_PER_TASK']);
  return Number.isSafeInteger(given) && given > 0 ? given : availableParallelism();
}

/** Runs something that ends in good order when the process is to end. Schedulers may say so more than once. */
async function untilEnded<T>(
  run: (signal: AbortSignal) => Promise<T>,
): Promise<{ readonly result: T; readonly end?: keyof typeof ENDS }> {
  const controller = new AbortController();
  let end: keyof typeof ENDS | undefined;
  const listeners = (Object.keys(ENDS) as (keyof typeof ENDS)[]).map((name) => {
    const listener = (): void => {
      end ??= name;
      controller.abort();
    };
    process.on(name, listener);
    return () => process.off(name, listener);
  });
  try {
    const result = await run(controller.signal);
    return { result, ...(end === undefined ? {} : { end }) };
  } finally {
    for (const remove of listeners) remove();
  }
}

/** `archon shard plan SWEEP`: cuts what is missing of a sweep into parts. */
export async function planShards(
  context: Context,
  file: string,
  flags: {
    readonly tasks: number;
    readonly out?: string;
    readonly name: string;
    readonly retryFailed?: boolean;
    /** False with `--no-cache`. */
    readonly cache?: boolean;
    readonly json?: boolean;
  },
): Promise<void> {
  const { tasks, name, retryFailed = false } = flags;
  if (!/^[A-Za-z0-9][\w.]*$/.test(name)) {
    fail({ code: 'ARCHON_USAGE', message: `--name ${name} is no name`, expected: 'letters, digits, _ and .' });
  }
  const { sweep, plugins } = await loadSweep(file, context.host);
  const outDir = inCwd(context, flags.out ?? join('archon-out', sweep.name));
  const keeping = flags.cache === false ? undefined : layerKeeping();
  const kept = keeping === undefined ? {} : { keeping };
  const options = { sweep, plugins, outDir, cwd: context.cwd, retryFailed, ...kept };
  const { files, points } = await planSweep(options, { tasks, name });
  if (flags.json) context.output.json({ name: sweep.name, out: outDir, points, files });
  else if (files.length > 0) context.output.result(files.join('\n'));
}
