import type { Host } from '@archon-dse/runner';
import type { Output } from './output.js';

/** What a command gets from its surroundings; tests pass their own. */
export interface Context {
  readonly output: Output;
  readonly cwd: string;
  /** The built-in plugins and where plugins are found. */
  readonly host: Host;
  /** Lets a command end with an exit code other than 0 without an error. */
  setExitCode(code: number): void;
}
