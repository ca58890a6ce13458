import type { LayerKeeping } from '@archon-dse/cache';
import { fail } from '@archon-dse/core';
import { cacheDir } from '@archon-dse/core/files';
import { bytesIn } from '../options/amounts.js';

/** The variable that says how many bytes of layer results are kept. */
const VARIABLE = 'ARCHON_CACHE_BYTES';
const MOST_BYTES = 2e9;

/**
 * Where sweeps keep layer results: in the user's cache, 2 GB of them unless `ARCHON_CACHE_BYTES` says another number; none where that is 0.
 *
 * @throws ArchonError ARCHON_USAGE for a variable that is no number of bytes
 */
export function layerKeeping(
  env: Readonly<Record<string, string | undefined>> = process.env,
): LayerKeeping | undefined {
  const text = env[VARIABLE];
  const maxBytes = text === undefined || text === '' ? MOST_BYTES : bytesIn(text);
  if (maxBytes === undefined) {
    fail({
      code: 'ARCHON_USAGE',
      message: `${VARIABLE} is "${text ?? ''}"`,
      expected: 'a number of bytes, such as 500MB or 2GB',
    });
  }
  return maxBytes === 0 ? undefined : { dir: cacheDir(env), maxBytes };
}
