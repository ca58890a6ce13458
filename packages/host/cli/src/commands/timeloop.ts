import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { attemptFile, fail } from '@archon-dse/core';
import { makeFolder, readText } from '@archon-dse/core/files';
import {
  nestLine,
  outputFiles,
  resultOf,
  prepareMapper,
  runModel,
  type Counting,
  type MapperSearch,
  type Report,
  type TimeloopFile,
} from '@archon-dse/timeloop';
import writeFileAtomic from 'write-file-atomic';
import { inCwd, type Context } from '../context.js';
import { runInterruptibly } from '../interrupt.js';
import { noteLines, reportText } from '../timeloop/report-text.js';
import { EXIT } from '../terminal/output.js';
import { LARGE_TILINGS, progressOf, searchText, sizeText } from '../timeloop/search-text.js';
import type { TimedShare } from '../timeloop/search-worker.js';
import { searchThreads } from '../timeloop/search-threads.js';

interface Flags {
  readonly semantics: 'timeloop' | 'exact';
  readonly haloSharing?: boolean;
  readonly timeloopOut?: string;
  readonly json?: boolean;
}

interface ModelFlags extends Flags {
  readonly mapping?: string;
}

interface MapperFlags extends Flags {
  readonly budget?: number;
  readonly workers: number;
}

/** `archon timeloop model`: the mapping of Timeloop files, evaluated. */
export async function timeloopModel(context: Context, paths: readonly string[], flags: ModelFlags): Promise<void> {
  const counting = countingOf(flags);
  const report = runModel(await readFiles(context, paths), { line: flags.mapping, counting });
  await writeOut(context, report, 'timeloop-model', flags);
  if (flags.json) return context.output.json({ ...resultOf(report), notes: report.design.notes });
  tell(context, report, []);
}

/** `archon timeloop mapper`: the best mapping that the constraints of Timeloop files allow. */
export async function timeloopMapper(context: Context, paths: readonly string[], flags: MapperFlags): Promise<void> {
  const counting = countingOf(flags);
  const search = prepareMapper(await readFiles(context, paths), counting);
  const { size } = search;
  if (size >= LARGE_TILINGS) context.output.info(sizeText(size, flags.budget));
  const { shares, stopped } = await searchShares(context, search, flags);
  context.output.live([]);
  const ms = Math.max(...shares.map((share) => share.ms));
  const { report, best } = search.finish(shares.map(({ searched }) => searched));
  await writeOut(context, report, 'timeloop-mapper', flags);
  if (stopped && !best.proven) context.setExitCode(EXIT.interrupted);
  const { evaluated, pruned, proven, gap } = best;
  const mapping = nestLine(report);
  if (flags.json) {
    const found = { mapping, evaluated, pruned, proven, gap, seconds: ms / 1000 };
    return context.output.json({ ...resultOf(report), ...found, notes: report.design.notes });
  }
  tell(context, report, [mapping, searchText(size, best, ms)]);
}

function countingOf({ semantics, haloSharing = false }: Flags): Counting {
  if (haloSharing && semantics !== 'exact')
    fail({
      code: 'ARCHON_USAGE',
      message: '--halo-sharing is given, and Timeloop counts each window by itself',
      expected: '--semantics exact beside it',
    });
  return { semantics, haloSharing };
}

/** Ctrl-C ends it with the best mapping so far. */
function searchShares(
  context: Context,
  { mapspace, size }: MapperSearch,
  { workers, budget }: MapperFlags,
): Promise<{ readonly shares: readonly TimedShare[]; readonly stopped: boolean }> {
  const notice = 'Stopping with the best mapping so far; again to end at once.';
  return runInterruptibly(context, notice, async (signal) => {
    const shares = await searchThreads(mapspace, {
      // More threads than cores would only take turns.
      workers: Math.min(workers, availableParallelism()),
      ...(budget === undefined ? {} : { budget: { seconds: budget } }),
      onProgress: progressOf(context, size),
      signal,
    });
    return { shares, stopped: signal.aborted };
  });
}

function tell({ output }: Context, report: Report, title: readonly string[]): void {
  output.result(reportText(report, title));
  for (const line of noteLines(report.design.notes)) output.info(line);
}

async function readFiles(context: Context, paths: readonly string[]): Promise<readonly TimeloopFile[]> {
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined)
    fail({ code: 'ARCHON_USAGE', message: `"${twice}" is given twice`, expected: 'each file once' });
  const read = paths.map(async (name) => ({ name, text: await readText(inCwd(context, name), 'a file of Timeloop') }));
  return Promise.all(read);
}

/** Writes what scripts of Timeloop read, each file as a whole. */
async function writeOut(context: Context, report: Report, prefix: string, { timeloopOut }: Flags): Promise<void> {
  if (timeloopOut === undefined) return;
  const folder = inCwd(context, timeloopOut);
  makeFolder(folder);
  for (const [name, text] of outputFiles(report, prefix)) {
    const path = join(folder, name);
    await attemptFile({ path, doing: 'written' }, () => writeFileAtomic(path, text));
  }
}
