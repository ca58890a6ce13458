import type { LoadedPlugins } from '@archon-dse/runner';
import type { Output } from './output.js';

/** What a command gets from its surroundings; tests pass their own. */
export interface Context {
  readonly output: Output;
  readonly cwd: string;
  /** Loads the built-in plugins and `extra`, resolved from `fromDirectory` (default: the working directory) first. */
  loadPlugins(extra: readonly string[], fromDirectory?: string): Promise<LoadedPlugins>;
  /** Lets a command end with an exit code other than 0 without an error. */
  setExitCode(code: number): void;
}
