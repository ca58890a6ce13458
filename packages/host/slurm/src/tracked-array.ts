import type { SchedulerTask } from '@archon-dse/core';
import type { Scheduler } from './scheduler.js';
import { isActive, phaseOf, type Task } from './task-state.js';
import { noteSubmission, shardFile, type Submission } from './submission.js';

/** A submission and what the queue last said of it. */
export class TrackedArray {
  /** Absent until the queue has answered. */
  tasks: readonly Task[] | undefined;
  /** What Slurm said instead of an answer when it was last asked. */
  words: string | undefined;
  submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }

  /** Whether its tasks may still bring results. */
  get isActive(): boolean {
    return this.tasks === undefined || this.tasks.some(isActive);
  }

  /** The ids that tasks which may still bring results are to evaluate. */
  get covered(): readonly string[] {
    const { tasks, submission } = this;
    if (tasks === undefined) return submission.shards.flat();
    return tasks.filter(isActive).flatMap(({ index }) => submission.shards[index] ?? []);
  }

  /** The files of the shards whose tasks run. */
  get running(): readonly string[] {
    const running = this.tasks?.filter((task) => phaseOf(task) === 'running') ?? [];
    return running.map(({ index }) => shardFile(this.submission.folder, index));
  }

  /** Its tasks for people. What they are at while Slurm does not answer nobody knows. */
  get told(): readonly SchedulerTask[] {
    const { words, submission } = this;
    const name = submission.job ?? submission.id;
    if (words !== undefined) {
      return submission.shards.map((_, index) => ({ id: `${name}_${String(index)}`, state: 'UNKNOWN', reason: words }));
    }
    return (this.tasks ?? []).map(({ index, state, reason, node }) => ({
      ...{ id: `${name}_${String(index)}`, state },
      ...(reason === '' ? {} : { reason }),
      ...(node === '' ? {} : { node }),
    }));
  }

  async look(scheduler: Scheduler): Promise<void> {
    const { id, job } = this.submission;
    const look = await scheduler.lookUp(id, job);
    if (look !== 'none' && 'words' in look) {
      this.words = look.words;
      return;
    }
    this.words = undefined;
    this.tasks = look === 'none' ? [] : look.tasks;
    if (look !== 'none' && job === undefined) this.note(look.job);
  }

  note(job: string): void {
    this.submission = { ...this.submission, job };
    noteSubmission(this.submission);
  }
}
