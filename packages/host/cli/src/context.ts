import { isAbsolute, join } from 'node:path';
import type { Host } from '@archon-dse/runner';
import type { Output } from './terminal/output.js';

/** What a command gets from its surroundings; tests pass their own. */
export interface Context {
  readonly output: Output;
  readonly cwd: string;
  /** The built-in plugins and where plugins are found. */
  readonly host: Host;
  /** Lets a command end with an exit code other than 0 without an error. */
  setExitCode(code: number): void;
}

/** A path the user gave, from the working directory unless it is absolute. */
export function inCwd({ cwd }: Context, path: string): string {
  return isAbsolute(path) ? path : join(cwd, path);
}
