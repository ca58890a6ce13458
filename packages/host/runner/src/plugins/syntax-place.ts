import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { excerpt } from '@archon-dse/engine/border';

const MOST_FILES = 500;
const LONGEST_LINE = 160;

/** Parses each file, without running it; an error nobody catches is printed with its place: `FILE:LINE`, the line and a caret. */
const PARSE = `
import { readFileSync } from 'node:fs';
import { SourceTextModule } from 'node:vm';
for (const identifier of JSON.parse(readFileSync(0, 'utf8'))) {
  new SourceTextModule(readFileSync(identifier, 'utf8'), { identifier });
}`;

/**
 * Where a plugin does not parse. Node tells that only of errors nobody catches, so a process of its own parses the modules again.
 *
 * @param root - folder of the plugin
 * @returns `FILE:LINE`, the line and a caret below each other; nothing when all modules parse
 */
export function findSyntaxError(root: string): string | undefined {
  const modules = modulesBelow(root);
  const { stderr } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', '--input-type=module', '--eval', PARSE],
    { input: JSON.stringify(modules), encoding: 'utf8', timeout: 10_000 },
  );
  const [place = '', line = '', caret = ''] = stderr.split('\n');
  const isPlace = modules.some((file) => place.startsWith(`${file}:`));
  return isPlace ? [place, excerpt(line, LONGEST_LINE), excerpt(caret, LONGEST_LINE)].join('\n') : undefined;
}

function modulesBelow(folder: string, found: string[] = []): readonly string[] {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (found.length >= MOST_FILES || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) modulesBelow(join(folder, entry.name), found);
    else if (['.js', '.mjs'].includes(extname(entry.name))) found.push(join(folder, entry.name));
  }
  return found;
}
