import { chainKey, type Job } from '@archon-dse/engine';

/**
 * Jobs waiting for a worker, by the chain of network and stages they share. A worker stays with its chain, so that an expensive
 * stage is applied by as few workers as possible; when the chain is done it opens a new one, or else helps with the longest.
 */
export class JobQueue {
  private readonly untouched: Job[][];
  private readonly opened: Job[][] = [];

  constructor(jobs: readonly Job[]) {
    const chains = new Map<string, Job[]>();
    for (const job of jobs) {
      const key = chainKey(job.point);
      const chain = chains.get(key);
      if (chain === undefined) chains.set(key, [job]);
      else chain.push(job);
    }
    this.untouched = [...chains.values()].reverse();
  }

  /** A worker's view of the queue: each call returns its next job, or nothing when all have been taken. */
  lane(): () => Job | undefined {
    let chain: Job[] = [];
    return () => {
      if (chain.length === 0) chain = this.open() ?? this.longest();
      return chain.shift();
    };
  }

  private open(): Job[] | undefined {
    const chain = this.untouched.pop();
    if (chain !== undefined) this.opened.push(chain);
    return chain;
  }

  private longest(): Job[] {
    return this.opened.reduce<Job[]>((best, chain) => (chain.length > best.length ? chain : best), []);
  }
}
