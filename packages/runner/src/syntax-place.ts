import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const MOST_FILES = 500;

/** Parses each file, without running it, and prints where the first that does not parse goes wrong: `FILE:LINE` and the line. */
const PARSE = `
import { readFileSync } from 'node:fs';
import { SourceTextModule } from 'node:vm';
for (const identifier of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    new SourceTextModule(readFileSync(identifier, 'utf8'), { identifier });
  } catch (error) {
    process.stdout.write(error.stack.split('\\n\\n')[0]);
    break;
  }
}`;

/**
 * Where a plugin does not parse. Node tells that only to errors nobody catches, so a process of its own parses the modules again.
 *
 * @param root - folder of the plugin
 * @returns `FILE:LINE`, the line and a caret below each other; nothing when all modules parse
 */
export function findSyntaxError(root: string): string | undefined {
  const { stdout } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', '--input-type=module', '--eval', PARSE],
    { input: JSON.stringify(modulesBelow(root)), encoding: 'utf8', timeout: 10_000 },
  );
  return stdout === '' ? undefined : stdout;
}

function modulesBelow(folder: string, found: string[] = []): readonly string[] {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (found.length >= MOST_FILES || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) modulesBelow(join(folder, entry.name), found);
    else if (['.js', '.mjs'].includes(extname(entry.name))) found.push(join(folder, entry.name));
  }
  return found;
}
