import type { Run } from '@archon-dse/training';

/** A run with how many others, each started from the one before, lead to it. */
export interface TreeRun {
  readonly run: Run;
  readonly depth: number;
  /** The run it started from, where that is listed too. */
  readonly parent: Run | null;
}

/** Runs by network and its options, each followed by those that started from it. */
export function treeOfRuns(runs: readonly Run[]): readonly TreeRun[] {
  const byHash = new Map(runs.map((run) => [run.sha256, run]));
  const parentOf = ({ parent }: Run): Run | null => byHash.get(parent?.sha256 ?? '') ?? null;
  const sorted = [...runs].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const branch = (parent: Run | null, depth: number): TreeRun[] =>
    sorted
      .filter((run) => parentOf(run) === parent)
      .flatMap((run) => [{ run, depth, parent }, ...branch(run, depth + 1)]);
  return branch(null, 0);
}

function keyOf({ network, networkOptions, path }: Run): string {
  return `${network} ${JSON.stringify(networkOptions)} ${path}`;
}
