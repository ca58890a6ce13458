import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { decoratedPlace } from './decorated-place.js';
import type { Place } from './source-map.js';

const MOST_FILES = 500;

/** Parses each file, without running it; an error nobody catches is printed with its place: `FILE:LINE`, the line and a caret. */
const PARSE = `
import { readFileSync } from 'node:fs';
import * as module from 'node:module';
import { SourceTextModule } from 'node:vm';
for (const identifier of JSON.parse(readFileSync(0, 'utf8'))) {
  const text = readFileSync(identifier, 'utf8');
  const isTyped = identifier.endsWith('ts');
  if (isTyped && module.stripTypeScriptTypes === undefined) continue;
  new SourceTextModule(isTyped ? module.stripTypeScriptTypes(text) : text, { identifier });
}`;

/**
 * Where a plugin does not parse. Node tells that only of errors nobody catches, so a process of its own parses the modules again.
 *
 * @param root - folder of the plugin
 * @returns nothing when all modules parse
 */
export function findSyntaxError(root: string): Place | undefined {
  const modules = modulesBelow(root);
  const { stderr } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', '--input-type=module', '--eval', PARSE],
    { input: JSON.stringify(modules), encoding: 'utf8', timeout: 10_000 },
  );
  const place = decoratedPlace(stderr);
  return place !== undefined && modules.includes(place.file) ? place : undefined;
}

/** Modules of a plugin, those it has installed excepted. */
export function modulesBelow(folder: string, found: string[] = []): readonly string[] {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (found.length >= MOST_FILES || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) modulesBelow(join(folder, entry.name), found);
    else if (['.js', '.mjs', '.ts', '.mts'].includes(extname(entry.name)) && !/\.d\.m?ts$/.test(entry.name))
      found.push(join(folder, entry.name));
  }
  return found;
}
