import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { API_VERSION, type Diagnostic } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { serialExecutor } from '../../execute/serial-executor.js';
import { workerpoolExecutor } from '../../execute/workerpool-executor.js';
import { expandSweep } from '../../explore/expand.js';
import { candidate, tempDir, tinySweep } from '../../test-fixtures.js';
import { loadPlugins } from '../loader.js';

/** Writes a plugin of the given files; `index.js` is its entry unless another one is named. */
function plugin(files: Readonly<Record<string, string>>, entry = 'index.js'): string {
  const root = join(tempDir(), 'placed');
  const archonDse = { apiVersion: API_VERSION, entry: `./${entry}`, provides: ['network:net', 'accelerator:acc'] };
  const manifest = { name: 'placed', version: '1.0.0', type: 'module', archonDse };
  for (const [file, text] of Object.entries({ ...files, 'package.json': JSON.stringify(manifest) })) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

const RUNNER = pathToFileURL(createRequire(import.meta.url).resolve('@archon-dse/runner')).href;
/** Loads a plugin by its path and prints the first diagnostic. */
const HOST = `
import { loadPlugins } from ${JSON.stringify(RUNNER)};
await loadPlugins([process.argv[1]], []).catch((error) => console.log(JSON.stringify(error.diagnostics[0])));
`;

/** Why a plugin cannot be imported by a process of its own, which a test runner does not load modules for. */
function refusal(root: string, cwd = process.cwd()): Diagnostic {
  const args = ['--input-type=module', '--eval', HOST, '--', root];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Diagnostic;
}

const importing = 'export const one = 1;\nimport ';
interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  /** File, line and column. */
  readonly at: readonly [string, number, number];
}
const CASES: readonly Case[] = [
  { what: 'a syntax error', files: { 'index.js': 'const a = 1;\nconst b == 2;\n' }, at: ['index.js', 2, 7] },
  {
    what: 'a syntax error in an imported file',
    files: { 'index.js': `import './lib/in.js';`, 'lib/in.js': '\n oops oops' },
    at: ['lib/in.js', 2, 7],
  },
  {
    what: 'a package that is not installed',
    files: { 'index.js': `${importing}x from 'not-installed/deep';` },
    at: ['index.js', 2, 15],
  },
  {
    what: 'a file that is not there',
    files: { 'index.js': `${importing}x from './lib/x.js';` },
    at: ['index.js', 2, 15],
  },
  { what: 'one imported on demand', files: { 'index.js': `\nawait import("./x.js");` }, at: ['index.js', 2, 14] },
  {
    what: 'JSON that does not parse',
    files: { 'index.js': `import x from './x.json' with { type: 'json' };`, 'x.json': '{ "a": 1,\n  oops }' },
    at: ['x.json', 2, 3],
  },
  {
    what: 'JSON without its type',
    files: { 'index.js': `${importing}x from './x.json';`, 'x.json': '{}' },
    at: ['index.js', 2, 15],
  },
  {
    what: 'a name nobody exports',
    files: { 'index.js': `\nimport { x } from './o.js';`, 'o.js': '' },
    at: ['index.js', 2, 10],
  },
  {
    what: 'an exception',
    files: { 'index.js': `import './lib/x.js';`, 'lib/x.js': `\n  throw new Error('no');` },
    at: ['lib/x.js', 2, 9],
  },
  { what: 'an exception of Node', files: { 'index.js': `new URL('x');` }, at: ['index.js', 1, 1] },
];

describe('the place of a plugin that cannot be imported', () => {
  it.each(CASES)('$what', ({ files, at: [file, line, column] }) => {
    const root = plugin(files);
    const found = refusal(root);
    expect(found.code).toBe('ARCHON_PLUGIN_THREW');
    expect(found.location).toEqual({ file: join(root, file), line, column, length: 1 });
    expect(found.frame).toBe(`${files[file]?.split('\n')[line - 1] ?? ''}\n${' '.repeat(column - 1)}^`);
  });

  it('is told from the working directory when it is inside', () => {
    const root = plugin({ 'index.js': '', 'lib/in.js': '' });
    writeFileSync(join(root, 'index.js'), `throw new Error('no');`);
    expect(refusal(root, join(root, '..')).location).toMatchObject({ file: 'placed/index.js', line: 1 });
  });

  it('is in its own code, also where what it has installed throws', () => {
    const root = plugin({
      'index.js': `import { check } from 'helper';\n\ncheck();`,
      'node_modules/helper/package.json': `{ "name": "helper", "type": "module", "exports": "./index.js" }`,
      'node_modules/helper/index.js': `export function check() { throw new Error('no'); }`,
    });
    expect(refusal(root)).toMatchObject({
      message: expect.stringMatching(/could not be imported: Error: no \(index\.js:1\)$/),
      location: { file: join(root, 'index.js'), line: 3, column: 1 },
    });
  });

  it('is in the source where it has a source map', () => {
    const map = { version: 3, sources: ['../src/index.ts'], names: [], mappings: 'AAAA;AACA;AACE' };
    const root = plugin(
      {
        'dist/index.js': `export {};\n\nthrow new Error('no');\n//# sourceMappingURL=index.js.map\n`,
        'dist/index.js.map': JSON.stringify(map),
        'src/index.ts': `export type A = 1;\n\n  throw new Error('no');\n`,
      },
      'dist/index.js',
    );
    expect(refusal(root)).toMatchObject({
      message: expect.stringMatching(/\(index\.ts:3\)$/),
      location: { file: join(root, 'src/index.ts'), line: 3, column: 3 },
      frame: `  throw new Error('no');\n  ^`,
      stack: expect.stringContaining('src/index.ts:3:3'),
    });
  });

  it.skipIf('typescript' in process.features)('says what to do about TypeScript on a Node without it', () => {
    const root = plugin({ 'src/index.ts': 'export default 1 as number;' }, 'src/index.ts');
    expect(refusal(root)).toMatchObject({
      expected: `JavaScript, or a Node that runs TypeScript; this is ${process.version}`,
      hint: expect.stringMatching(/^Build the plugin .*22\.18.*--import tsx/),
      location: { file: join(root, 'src/index.ts'), line: 1, column: 1 },
    });
  });
});

const GOOD = `
import { fails } from './fails.js';
const meta = (name) => ({ name, title: 'T', description: 'D', source: 'S',
  options: { fault: { type: 'string', description: 'D', default: 'none' } } });
const layer = (name, inputs, more) => ({ name, inputs, block: 'head', role: name, ...more });
const graph = () => ({ id: 'placed/net', input: [4, 4, 2], classes: 3, layers: [layer('input', [], { op: 'input' }),
  layer('stem', ['input'], { op: 'conv', kernel: 3, stride: 1, groups: 1, filters: 3, bias: false })] });
export default {
  meta: { name: 'placed', version: '1.0.0', namespace: 'placed', apiVersion: ${String(API_VERSION)} },
  networks: [{ meta: meta('net'), build: ({ fault }) => (fails(fault, 'build'), graph()) }],
  accelerators: [{ meta: meta('acc'), create: ({ fault }) => ({
    components: () => [{ name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: 1 }],
    supports: () => ({ ok: true }),
    run: async ({ workloads }) => { fails(fault, 'run'); await 1; fails(fault, 'reject'); return { cycles: 1, layers: [] }; },
  }) }],
};
`;
const FAILS = `export function fails(fault, here) {
  if (fault === 'left' && here === 'run') Promise.reject(new Error('left'));
    if (fault === here) throw new TypeError(here);
}`;

describe('the place of a point that fails', () => {
  it.each([
    ['in this thread', serialExecutor, []],
    // Only a process or thread of its own is guarded against promises that plugins leave rejected.
    ['in a worker', workerpoolExecutor, ['left']],
  ] as const)('%s', async (_where, executor, more) => {
    const root = plugin({ 'index.js': GOOD, 'fails.js': FAILS });
    const plugins = await loadPlugins([root], []);
    const places = new Map<unknown, unknown>();
    for (const fault of ['build', 'run', 'reject', ...more]) {
      const [network, accelerator] = fault === 'build' ? [fault, 'none'] : ['none', fault];
      const sweep = tinySweep({
        networks: [candidate('placed/net', { fault: network })],
        accelerators: [candidate('placed/acc', { fault: accelerator })],
      });
      const { jobs } = expandSweep(sweep, plugins.registry);
      await executor(plugins).run(jobs, { onRecord: ({ error }) => places.set(fault, error?.location) });
    }
    const thrown = { file: 'fails.js', line: 3, column: 31, length: 1 };
    expect(Object.fromEntries(places)).toEqual({
      ...{ build: thrown, run: thrown, reject: thrown },
      ...(more.length > 0 ? { left: { ...thrown, line: 2, column: 58 } } : {}),
    });
  });
});
