import { chainKey, type Job } from '@archon-dse/engine';

/** Jobs of one chain that wait, and that one lane takes in their order. */
interface Range {
  readonly jobs: readonly Job[];
  from: number;
  to: number;
}

const lengthOf = ({ from, to }: Range): number => to - from;

/** A worker's view of a queue. */
export interface QueueLane {
  /**
   * Its next jobs, at most so many and half of what it has before it, so that others find work: of one chain, and in a row. None when all
   * have been taken.
   */
  take(most: number): readonly Job[];
  /** Gives back the last so many of those it took last. */
  giveBack(count: number): void;
}

/**
 * Jobs waiting for a worker, by the chain of network and stages they share. A worker stays with its chain, so that an expensive stage is
 * applied by as few workers as possible; when the chain is done it opens a new one, or else takes over the second half of what another has
 * before it: neighbours are alike and share results of layers.
 */
export class JobQueue {
  private readonly untouched: Range[];
  private readonly opened: Range[] = [];

  constructor(jobs: readonly Job[]) {
    const chains = new Map<string, Job[]>();
    for (const job of jobs) {
      const key = chainKey(job.point);
      const chain = chains.get(key);
      if (chain === undefined) chains.set(key, [job]);
      else chain.push(job);
    }
    this.untouched = [...chains.values()].map((chain) => ({ jobs: chain, from: 0, to: chain.length })).reverse();
  }

  lane(): QueueLane {
    const own: Range = { jobs: [], from: 0, to: 0 };
    this.opened.push(own);
    return {
      take: (most) => {
        if (lengthOf(own) === 0) Object.assign(own, this.untouched.pop() ?? this.half());
        const first = own.from;
        own.from = first + Math.min(most, Math.ceil(lengthOf(own) / 2));
        return own.jobs.slice(first, own.from);
      },
      giveBack: (count) => {
        own.from -= count;
      },
    };
  }

  /** The second half of the longest range; all of it where that is one job. */
  private half(): Range {
    const longest = this.opened.reduce((best, range) => (lengthOf(range) > lengthOf(best) ? range : best));
    const { jobs, to } = longest;
    longest.to -= Math.ceil(lengthOf(longest) / 2);
    return { jobs, from: longest.to, to };
  }
}
