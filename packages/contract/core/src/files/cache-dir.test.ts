import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cacheDir } from './cache-dir.js';

it('follows the environment', () => {
  expect(cacheDir({ ARCHON_CACHE_DIR: 'a', XDG_CACHE_HOME: 'b' })).toBe('a');
  expect(cacheDir({ XDG_CACHE_HOME: 'b' })).toBe(join('b', 'archon-dse'));
  expect(cacheDir({})).toBe(join(homedir(), '.cache', 'archon-dse'));
});
