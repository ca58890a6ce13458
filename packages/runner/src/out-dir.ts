import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, fail, type Sweep } from '@archon-dse/core';
import writeFileAtomic from 'write-file-atomic';
import { LOCK_FILE, lockOutDir } from './out-lock.js';

/** The normalised sweep an out directory was last used for; also what marks a directory as ours. */
const SWEEP_FILE = 'sweep.json';

/**
 * Creates or takes over an out directory.
 *
 * @returns a function that gives it back
 * @throws ArchonError ARCHON_OUT_NOT_EMPTY when it holds files that are not ours, ARCHON_OUT_LOCKED while another process uses it
 */
export function claimOutDir(outDir: string): () => void {
  mkdirSync(outDir, { recursive: true });
  const entries = readdirSync(outDir);
  if (entries.length > 0 && !entries.includes(SWEEP_FILE) && !entries.includes(LOCK_FILE)) {
    fail({
      code: 'ARCHON_OUT_NOT_EMPTY',
      message: `"${outDir}" is not empty and holds no sweep of ours (found ${entries.slice(0, 3).join(', ')})`,
      expected: 'a new or empty directory, or one that an earlier run of a sweep made',
    });
  }
  return lockOutDir(outDir);
}

/**
 * Notes the sweep in the out directory. Points are found by content, so another sweep may use the same directory.
 *
 * @returns whether the directory was used for a different sweep before
 */
export async function noteSweep(outDir: string, sweep: Sweep): Promise<boolean> {
  const file = join(outDir, SWEEP_FILE);
  const text = `${JSON.stringify(sweep, null, 2)}\n`;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : text;
  if (before !== text || !existsSync(file)) await writeFileAtomic(file, text);
  return canonicalJson(sweepOrText(before)) !== canonicalJson(sweep);
}

function sweepOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
