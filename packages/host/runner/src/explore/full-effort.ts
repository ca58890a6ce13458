import { valueCount, type Choices, type SearchSpace } from '@archon-dse/core';
import type { Job } from '@archon-dse/engine';
import type { RefinedJob } from './second-step.js';

/**
 * The points at the last value of an axis of effort, each with the same point at the value it had before that, or its own id where it had
 * none: what a search with such an axis found.
 *
 * @param jobs - all points of the search, in the order they were asked for
 * @param asked - what each was asked for as, by its id
 */
export function fullEffort(
  jobs: Iterable<Job>,
  asked: ReadonlyMap<string, Choices>,
  effort: number,
  { axes }: SearchSpace,
): readonly RefinedJob[] {
  const last = valueCount(axes[effort]?.values ?? []) - 1;
  const earlier = new Map<string, string>();
  const found: RefinedJob[] = [];
  for (const job of jobs) {
    const choices = asked.get(job.id) ?? [];
    const design = choices.filter((_, axis) => axis !== effort).join();
    if (choices[effort] === last) found.push({ ...job, refines: earlier.get(design) ?? job.id });
    else earlier.set(design, job.id);
  }
  return found;
}
