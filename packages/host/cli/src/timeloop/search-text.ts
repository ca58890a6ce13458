import type { MapperEffort, MapperRun } from '@archon-dse/timeloop';
import type { Context } from '../context.js';
import { formatDuration, formatNumber, formatShare } from '../terminal/format.js';

/** How a search ended, in a line. */
export function searchText(size: number, { evaluated, pruned, proven, gap }: MapperRun['best'], ms: number): string {
  const end = proven
    ? `proven optimal in ${formatDuration(ms)}`
    : `stopped after ${formatDuration(ms)}, at most ${formatShare(gap)} above the optimum`;
  return `${end}: ${formatNumber(evaluated)} mappings priced and ${formatNumber(pruned)} branches cut, of ${formatNumber(size)} tilings`;
}

/** Mapspaces of up to so many tilings took seconds at most, however free; larger ones took that, or did not end. */
export const LARGE_TILINGS = 1e12;

/** What to expect of a large search, as far as anyone can know: how many of its tilings bounds rule out shows only on the way. */
export function sizeText(size: number, budgetS: number | undefined): string {
  const end =
    budgetS === undefined
      ? '--budget SECONDS ends it with the best mapping by then, and how far that may be off'
      : `it ends after ${String(budgetS)} s at the latest`;
  return `${formatNumber(size)} tilings to search: bounds may rule out nearly all of them in seconds, or too few to ever end; ${end}.`;
}

const TICK_MS = 1000;
const LOG_MS = 30_000;

/** Tells of a search that takes its time: a line that is drawn again on a terminal, one every 30 s elsewhere. */
export function progressOf({ output }: Context, size: number): NonNullable<MapperEffort['onProgress']> {
  const start = performance.now();
  let last = start;
  return ({ considered, splitsDone }) => {
    const now = performance.now();
    if (now - last < (output.errorIsTerminal ? TICK_MS : LOG_MS)) return;
    last = now;
    const line = `searching ${formatNumber(size)} tilings: ${formatShare(splitsDone, 1)} of the spatial splits, ${formatNumber(considered)} mappings bounded, ${formatDuration(now - start)}`;
    if (output.errorIsTerminal) output.live([line]);
    else output.info(line);
  };
}
