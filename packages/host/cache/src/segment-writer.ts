import { randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@archon-dse/core/files';
import { lineOf } from './segment-line.js';

export const SEGMENT = /^[\w-]+\.seg$/;

/** Values are written together, when there are so many characters of them or the first has waited for so long. */
const MOST_CHARACTERS = 2 ** 16;
const LONGEST_WAIT_MS = 50;

/** Appends values to a segment of its own, made with the first. Nothing it cannot write does any harm: it then writes nothing more. */
export class SegmentWriter {
  private readonly folder: string;
  private lines = '';
  private firstAt = 0;
  private descriptor: number | undefined;
  private isBroken = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  append(digest: string, json: string): void {
    const now = performance.now();
    if (this.lines === '') this.firstAt = now;
    this.lines += lineOf(digest, json);
    if (this.lines.length >= MOST_CHARACTERS || now - this.firstAt >= LONGEST_WAIT_MS) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), LONGEST_WAIT_MS).unref();
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { lines } = this;
    this.lines = '';
    if (lines === '' || this.isBroken) return;
    try {
      this.descriptor ??= this.open();
      appendFileSync(this.descriptor, lines);
    } catch {
      this.isBroken = true; // its last line may be torn
    }
  }

  close(): void {
    this.flush();
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
    this.isBroken = true;
  }

  /** Names hold the process and chance, so that no two writers meet, also those of other machines. */
  private open(): number {
    makeFolder(this.folder);
    const name = `${Date.now().toString(36)}-${String(process.pid)}-${randomBytes(6).toString('hex')}.seg`;
    return openSync(join(this.folder, name), 'wx');
  }
}
