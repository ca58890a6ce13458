import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readJson } from '../tools/packages.mjs';
import { startRegistry } from '../tools/registry.mjs';
import { PACKED, tarballs } from './packed.js';
import { journalOf, root, temporaryFolder } from './workspace.js';

/** Commands install, compile and test, on a machine that may be busy. */
const LONG = { timeout: 300_000 };

const user = temporaryFolder();
const at = (...path: readonly string[]): string => join(user.path, ...path);
let registry: Awaited<ReturnType<typeof startRegistry>>;

beforeAll(async () => {
  const packed = await tarballs();
  registry = await startRegistry(
    PACKED.map((folder) => ({ manifest: readJson(join(root, folder, 'package.json')), tarball: packed(folder) })),
  );
}, LONG.timeout);
afterAll(() => {
  registry.stop();
  user.remove();
});

/** Runs a command line, which has to end well, as a user for whom our packages are published. */
function run(command: string, cwd = user.path): Promise<string> {
  const options = { cwd, env: registry.environment, maxBuffer: 1 << 28 };
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', command], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command}\n${stdout}${stderr}`));
    });
  });
}

/** Checks what a sweep has left: its records are ok, and the file that names what it was made with names the plugin. */
function expectSwept(folder: string, plugin: string, file = 'summary.json'): void {
  const records = journalOf(folder);
  expect(records.length).toBeGreaterThan(0);
  expect(records.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(readFileSync(join(folder, file), 'utf8')).toContain(`${plugin}/`);
}

describe("from an empty folder to a sweep with one's own plugin", LONG, () => {
  const plugin = at('my-plugin');

  it.each(['npm install archon-dse', 'npm create archon-plugin my-plugin'])('%s', async (command) => {
    await run(command);
  });

  it.each(['npm install', 'npm run check'])('%s', async (command) => {
    await run(command, plugin);
  });

  it('npm run sweep', async () => {
    expect(await run('npm run sweep', plugin)).toMatch(/\d+ of \d+ points ok/);
    expectSwept(join(plugin, 'archon-out/my-plugin'), 'my-plugin');
  });

  it('npx archon sweep tweak.yaml, a search with its strategy', async () => {
    expect(await run('npx archon sweep tweak.yaml', plugin)).toMatch(/40 of 40 points ok/);
    expectSwept(join(plugin, 'archon-out/my-plugin-tweak'), 'my-plugin', 'sweep.json');
  });

  it('the archon that is installed outside of the plugin computes the same', async () => {
    await run('npx archon sweep my-plugin/sweep.yaml --out outside');
    expect(journalOf(at('outside'))).toEqual(journalOf(join(plugin, 'archon-out/my-plugin')));
  });

  it('compiles where the types that it imports are checked as well', async () => {
    const compilerOptions = { skipLibCheck: false, noEmit: true };
    const config = { extends: './tsconfig.json', compilerOptions, exclude: ['src/*.test.ts'] };
    writeFileSync(join(plugin, 'tsconfig.all.json'), JSON.stringify(config));
    await run('npx tsc -p tsconfig.all.json', plugin);
  });

  it('has in its package what runs, its types, its licence and its README', async () => {
    const text = await run('npm pack --dry-run --json --ignore-scripts', plugin);
    const [{ files }] = JSON.parse(text) as [{ readonly files: readonly { readonly path: string }[] }];
    const others = files.map(({ path }) => path).filter((path) => !/^dist\/[\w-]+\.(js|js\.map|d\.ts)$/.test(path));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  });

  it('archon dev loads it anew when it changes, in a process that stood ready', async () => {
    const args = ['archon', 'dev', 'sweep.yaml', '--out', 'developed', '--runs', '2'];
    const dev = spawn('npx', args, { cwd: plugin, env: registry.environment });
    let said = '';
    for (const stream of [dev.stdout, dev.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
    const closed = once(dev, 'close');
    await vi.waitUntil(() => said.includes('Watching'), LONG);
    const file = join(plugin, 'dist/lanes.js');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Math.ceil(macs', '2 * Math.ceil(macs'));
    await closed;
    expect(said).toMatch(/lanes\.js changed[^]*\n30 points evaluated\n.*\ncycles +361 +721 /); // lanes 1024 is the fastest
  });
});

describe.each([
  ['network', '', 'summary.json'],
  ['stage', '', 'summary.json'],
  ['accelerator', '', 'summary.json'],
  ['strategy', '-tweak', 'sweep.json'],
])('a plugin with one %s', LONG, (kind, ending, file) => {
  const name = `my-${kind}`;

  it('passes its check and is swept', async () => {
    await run(`npm create archon-plugin ${name} -- --kind ${kind}`);
    symlinkSync(at('my-plugin/node_modules'), at(name, 'node_modules'), 'junction');
    await run('npm run check', at(name));
    await run('npm run sweep', at(name));
    expectSwept(at(name, 'archon-out', `${name}${ending}`), name, file);
  });
});
