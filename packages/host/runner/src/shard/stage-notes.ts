import { readFileSync } from 'node:fs';
import { removeAdvice, writeAdvice } from '@archon-dse/core/files';
import type { Job, StageEvent } from '@archon-dse/engine';

/** The file is replaced no oftener than this. */
const WRITE_MS = 1000;

/** What is at work on a point in a task. */
export interface StageNote {
  readonly pointId: string;
  readonly event: StageEvent;
}

/**
 * Tells whoever leads a sweep what is at work on the points of a shard, in a file beside that of the shard, which is there while something is. It is
 * advice: where it cannot be written or read the sweep goes on without.
 */
export class StageNotes {
  readonly #file: string;
  readonly #events = new Map<string, StageEvent>();
  readonly #timer: NodeJS.Timeout;
  #isNews = false;

  constructor(shardFile: string) {
    this.#file = notesOf(shardFile);
    this.#timer = setInterval(() => this.#write(), WRITE_MS).unref();
  }

  hear({ id }: Job, event: StageEvent): void {
    this.#events.set(id, event);
    this.#isNews = true;
  }

  /** A point is done. */
  drop(pointId: string): void {
    if (this.#events.delete(pointId)) this.#isNews = true;
  }

  close(): void {
    clearInterval(this.#timer);
    removeAdvice(this.#file);
  }

  #write(): void {
    if (!this.#isNews) return;
    this.#isNews = false;
    const notes: readonly StageNote[] = [...this.#events].map(([pointId, event]) => ({ pointId, event }));
    writeAdvice(this.#file, JSON.stringify(notes));
  }
}

/** What is at work on the points of a shard, as far as its task has told. */
export function readStageNotes(shardFile: string): readonly StageNote[] {
  try {
    return JSON.parse(readFileSync(notesOf(shardFile), 'utf8')) as readonly StageNote[];
  } catch {
    return []; // nothing is, or it was replaced meanwhile
  }
}

function notesOf(shardFile: string): string {
  return `${shardFile.replace(/\.json$/, '')}.stages.json`;
}
