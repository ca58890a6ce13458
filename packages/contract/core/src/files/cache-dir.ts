import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where checkpoints and layer results go when nobody says: `ARCHON_CACHE_DIR`, else `archon-dse` in `XDG_CACHE_HOME` or `~/.cache`. All of
 * it is found again by what it depends on, so it may be deleted at any time. A variable that is empty counts as not set.
 */
export function cacheDir(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env['ARCHON_CACHE_DIR'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'archon-dse');
}
