import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { journalOf, root, temporaryFolder } from './workspace.js';

const GUIDE = readFileSync(join(root, 'docs/guide/1-first-plugin.md'), 'utf8');
const blocks = (language: string): readonly string[] =>
  [...GUIDE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

/** Follows the guide; packages come from this repository, so `npm install` has nothing to do. test/create-plugin.test.ts installs. */
describe('docs/guide/1-first-plugin.md', { timeout: 300_000 }, () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const plugin = join(folder.path, 'my-plugin');
  const run = (command: string, cwd = plugin) => {
    const env = { ...process.env, NO_COLOR: '1', npm_config_offline: 'true' };
    const { status, stdout, stderr } = spawnSync(command, { cwd, encoding: 'utf8', shell: true, env });
    return { status, output: stdout + stderr };
  };
  const edit = (path: string, change: (text: string) => string): void => {
    const before = readFileSync(join(plugin, path), 'utf8');
    expect(change(before)).not.toBe(before);
    writeFileSync(join(plugin, path), change(before));
  };
  const figures = () =>
    journalOf(join(plugin, 'archon-out/my-plugin')) as unknown as readonly {
      readonly metrics: Readonly<{ cycles: number; energyPj: number }>;
    }[];
  const sum = (metric: 'cycles' | 'energyPj') => figures().reduce((total, { metrics }) => total + metrics[metric], 0);

  const [create = '', use = ''] = blocks('sh');
  const [, accesses = '', fewer = '', weights = '', expected = ''] = blocks('ts');

  it('creates a plugin', () => {
    mkdirSync(folder.path, { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));
    const [first = '', ...others] = create.trim().split('\n');
    expect(others).toEqual(['cd my-plugin', 'npm install']);
    expect(run(first, folder.path)).toMatchObject({ status: 0 });
  });

  it.each(use.trim().split('\n'))('%s', (command) => {
    expect(run(command)).toMatchObject({ status: 0 });
  });

  it('changes the hardware: the suite passes, the value worked out by hand does not', () => {
    edit('src/lanes.ts', (text) =>
      text.replace(accesses, fewer).replace(/^ {2}const outputs = .*\n/m, (line) => line + weights),
    );
    const { status, output } = run('npm test');
    expect(status).toBe(1);
    expect(output).toMatch(/Tests +1 failed/);
    expect(output).toContain('1883');
  });

  it('works the value out again, and sees what the change is worth', () => {
    edit('src/lanes.test.ts', (text) => text.replace(/^ {4}\{ component: 'DRAM'.*\n/m, expected));
    const before = [sum('cycles'), sum('energyPj')];
    rmSync(join(plugin, 'archon-out'), { recursive: true });
    for (const command of use.trim().split('\n')) expect(run(command)).toMatchObject({ status: 0 });
    expect(sum('cycles')).toBe(before[0]);
    expect(sum('energyPj')).toBeLessThan(before[1]!);
  });
});
