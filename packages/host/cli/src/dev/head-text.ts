import { relative, resolve } from 'node:path';
import type { DevTarget } from './run.js';

/** Names of changed files that are shown. */
const MOST_FILES = 5;

/**
 * What is run, and the files that changed since it was run last: `s.yaml: me/index.js changed`, `s.yaml changed`.
 *
 * @param changed - absolute paths
 */
export function headText(target: DevTarget, changed: readonly string[], cwd: string): string {
  const what = 'file' in target ? target.file : `${target.flags.network} on ${target.flags.accelerator}`;
  if (changed.length === 0) return what;
  const others = changed.filter((path) => !('file' in target) || path !== resolve(cwd, target.file));
  const names = others.slice(0, MOST_FILES).map((path) => relative(cwd, path));
  const more = others.length > names.length ? ` and ${String(others.length - names.length)} more` : '';
  const isAmongThem = others.length < changed.length;
  const list = isAmongThem ? [what, ...names].join(', ') : `${what}: ${names.join(', ')}`;
  return `${list}${more} changed`;
}
