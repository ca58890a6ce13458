import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { attemptFile } from '@archon-dse/core';

const FOLDER = 'results';
/** The number of the run, and its writer where it had several. */
const FILE_NAME = /^(\d{4,})(?:-[\w.-]+)?\.jsonl$/;

export function resultsFolder(outDir: string): string {
  return join(outDir, FOLDER);
}

/** Files of a run whose writers begin with a name and a hyphen. */
export interface WriterFamily {
  readonly run: number;
  readonly writer: string;
}

/** Names of the result files of an out directory, or of some writers, in the order in which they are read: by run, then by writer. */
export function resultFiles(outDir: string, of?: WriterFamily): readonly string[] {
  const folder = resultsFolder(outDir);
  if (!existsSync(folder)) return [];
  return attemptFile({ path: folder, doing: 'listed' }, () => readdirSync(folder))
    .filter((name) => FILE_NAME.test(name) && (of === undefined || name.startsWith(`${runText(of.run)}-${of.writer}-`)))
    .sort((a, b) => runOf(a) - runOf(b) || (a < b ? -1 : 1));
}

/** The number of a run that begins now. Only who holds the lock of the out directory may ask. */
export function nextRun(outDir: string): number {
  const last = resultFiles(outDir).at(-1);
  return last === undefined ? 1 : runOf(last) + 1;
}

/** Where a writer of a run writes; runs of one writer need no name for it. */
export function resultFile(
  outDir: string,
  { run, writer }: { readonly run: number; readonly writer?: string },
): string {
  const name = runText(run) + (writer === undefined ? '' : `-${writer}`);
  return join(resultsFolder(outDir), `${name}.jsonl`);
}

function runText(run: number): string {
  return String(run).padStart(4, '0');
}

function runOf(name: string): number {
  return Number.parseInt(name, 10);
}
