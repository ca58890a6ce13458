import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { root, temporaryFolder } from './workspace.js';

/** Fenced blocks of a language in a document. */
function blocks(document: string, language: string): readonly string[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

describe('README.md', () => {
  it('names the two commands, and CI runs the second', () => {
    expect(blocks('README.md', 'sh')[0]).toMatch(/^npm start .*\nnpm test /);
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/^npm test$/m);
  });

  const folder = temporaryFolder();
  it.each(blocks('README.md', 'yaml'))('its sweep is valid', async (text) => {
    const file = join(folder.path, 'readme.yaml');
    writeFileSync(file, text);
    expect(await archonHere(['validate', file])).toMatchObject({ status: 0 });
    folder.remove();
  });

  // Sweeps and trainings run in tests of their own, on smaller budgets.
  const commands = blocks('README.md', 'sh')
    .flatMap((block) => block.split('\n'))
    .filter((line) => /^npx archon (?!sweep|train|run |import|data fetch)/.test(line));
  it.each(commands)('%s', async (line) => {
    expect(await archonHere(line.replace(/ +#.*/, '').split(' ').slice(2))).toMatchObject({ status: 0 });
  });
});

describe('docs/', () => {
  it('shows the files that the tests run', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/embed-files.mjs'), '--check'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('numbers decisions one by one, as their titles do', () => {
    const decisions = readdirSync(join(root, 'docs/adr')).sort();
    const numbers = decisions.map(
      (file) => /^# (\d+)\. /.exec(readFileSync(join(root, 'docs/adr', file), 'utf8'))?.[1],
    );
    expect(decisions.map((file) => Number(file.slice(0, 4)))).toEqual(decisions.map((_, index) => index + 1));
    expect(numbers).toEqual(decisions.map((_, index) => String(index + 1)));
  });
});
