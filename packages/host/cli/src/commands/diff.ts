import { canonicalJson, fail } from '@archon-dse/core';
import { openStore, readSweepNote, type RecordStore } from '@archon-dse/store';
import { inCwd, type Context } from '../context.js';
import { compareSweeps, type ComparedSweep, type SweepDiff } from '../diff/compare-sweeps.js';
import { diffText } from '../diff/diff-text.js';
import { EXIT } from '../terminal/output.js';

export interface DiffFlags {
  /** Share of the hypervolume that may be lost. */
  readonly tolerance: number;
  readonly json?: boolean;
}

/** `archon diff A B`: whether the front of B is as good as that of A, and their common points are the same. */
export function diff(context: Context, first: string, second: string, { tolerance, json }: DiffFlags): void {
  const opened = [first, second].map((folder) => open(context, folder));
  try {
    const [a, b] = opened.map(({ compared }) => compared) as [ComparedSweep, ComparedSweep];
    refuseOthers(a, b, second);
    const found = compareSweeps(a, b);
    const worse = isWorse(found, tolerance);
    if (json) context.output.json({ ...found, tolerance, worse });
    else context.output.result(diffText(found));
    context.setExitCode(worse || found.changed.length > 0 ? EXIT.pointsFailed : EXIT.ok);
  } finally {
    for (const { store } of opened) store.close();
  }
}

function open(context: Context, folder: string): { readonly compared: ComparedSweep; readonly store: RecordStore } {
  const outDir = inCwd(context, folder);
  const { sweep, pointIds, confirmations } = readSweepNote(outDir);
  // Of two steps the front is that of the second.
  const ids = confirmations === undefined ? pointIds : [...new Set(confirmations.map(({ pointId }) => pointId))];
  const store = openStore(outDir);
  return { store, compared: { name: sweep.name, sweep, heads: () => store.heads(ids) } };
}

/** @throws ArchonError ARCHON_USAGE where the fronts are not of the same objectives */
function refuseOthers(a: ComparedSweep, b: ComparedSweep, second: string): void {
  if (canonicalJson(a.sweep.objectives) === canonicalJson(b.sweep.objectives)) return;
  const text = ({ sweep }: ComparedSweep): string =>
    sweep.objectives.map(({ metric, direction }) => `${direction} ${metric}`).join(', ');
  fail({
    code: 'ARCHON_USAGE',
    message: `"${second}" has other objectives: ${text(b)}`,
    expected: `those of the first sweep: ${text(a)}`,
    hint: 'Change the objectives in the file of one sweep and run it again: points that are there are not evaluated again.',
  });
}

/** Whether B lost more than the tolerance of what A has; a front that cannot be measured is worse if A dominates more of it than the tolerance. */
function isWorse({ a, b, ratio }: SweepDiff, tolerance: number): boolean {
  if (ratio !== null) return ratio < 1 - tolerance;
  if (a.front === 0) return false;
  return b.front === 0 || b.dominated / b.front > tolerance;
}
