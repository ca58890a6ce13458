import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, TestApi } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import {
  describeAcceleratorContract,
  describeNetworkContract,
  describeStageContract,
  sampleState,
  SAMPLE_SEARCHES,
} from '@archon-dse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedWith } from '../tools/packages.mjs';
import { tarballs, TINY } from './packed.js';
import { root, temporaryFolder } from './workspace.js';

const OURS = ['@archon-dse/testing', '@archon-dse/pricing'].flatMap((name) => installedWith(root, name));
const NEIGHBOURS = 'docs/examples/neighbours';
const NEEDED = [...new Set([...OURS.map(({ folder }) => folder), TINY, NEIGHBOURS])];
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};
const RUNNERS = [`vitest@${devDependencies['vitest']}`, 'jest@30.5.2'];

const readme = readFileSync(join(root, 'packages/host/testing/README.md'), 'utf8');
const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);
const [underVitest = '', ...imports] = blocks('js');
const VITEST_IMPORT = "import { describe, expect, it } from 'vitest';\n";

/** How the README runs the suites: their code, and the command. */
const WAYS = ['vitest', 'jest', 'node'].map((runner, index) => ({
  runner,
  code: index === 0 ? underVitest : underVitest.replace(VITEST_IMPORT, () => imports[index - 1] ?? ''),
  command: blocks('sh')[index]?.trim() ?? '',
}));

const SOUND = "export { default } from 'archon-dse-plugin-tiny';\n";
const STRATEGY = "export { default } from 'archon-dse-plugin-neighbours';\n";
/** The code of a runner with the suite for strategies instead of the others. */
const searching = (code: string): string =>
  code
    .replace(/^(network|describe(Network|Stage|Accelerator)Contract\().*\n/gm, '')
    .replace('  describeNetworkContract,', '  describeNetworkContract,\n  describeStrategyContract,')
    .concat('describeStrategyContract(plugin, api);\n');
const FAULTY = `import plugin from 'archon-dse-plugin-tiny';
const [network] = plugin.networks;
const build = (options) => ({ ...network.build(options), id: 'tiny/another' });
export default { ...plugin, networks: [{ ...network, build }] };
`;

const { default: tiny } = (await import(join(root, TINY, 'index.js'))) as { default: Plugin };

/** How many tests the suites have for a plugin. */
function testsOf(plugin: Plugin): number {
  let tests = 0;
  const api: TestApi = { describe: (_, suite) => suite(), it: () => (tests += 1), expect };
  describeNetworkContract(plugin, api);
  describeStageContract(plugin, api, sampleState('tiny/tiny-cnn'));
  describeAcceleratorContract(plugin, api, { price: priceComponents });
  return tests;
}

const project = temporaryFolder();
afterAll(project.remove);

beforeAll(async () => {
  const packed = await tarballs();
  writeFileSync(join(project.path, 'package.json'), JSON.stringify({ name: 'user-project', private: true }));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  const wanted = [...RUNNERS, ...NEEDED.map(packed)];
  execFileSync('npm', ['install', ...flags, ...wanted], { cwd: project.path, stdio: 'pipe' });
}, 300_000);

/** Runs a way of the README on a plugin, in a folder of their own. */
function runSuites(
  way: (typeof WAYS)[number],
  plugin: string,
  folder: string,
): Promise<{ passed: boolean; said: string }> {
  const cwd = join(project.path, folder);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name: folder, private: true, type: 'module' }));
  writeFileSync(join(cwd, 'index.js'), plugin);
  writeFileSync(join(cwd, 'suites.test.js'), way.code);
  const env = { ...process.env, NO_COLOR: '1', VITEST: undefined, NODE_OPTIONS: undefined };
  return new Promise((resolve) => {
    execFile('sh', ['-c', way.command], { cwd, env }, (error, stdout, stderr) => {
      resolve({ passed: error === null, said: stdout + stderr });
    });
  });
}

describe.each(WAYS)('the suites under $runner, from tarballs', (way) => {
  it('pass on a sound plugin', async () => {
    const { passed, said } = await runSuites(way, SOUND, `${way.runner}-sound`);
    expect(passed, said).toBe(true);
    expect(/^\W*tests:?\s+(\d+)/im.exec(said)?.[1], said).toBe(String(testsOf(tiny)));
  }, 300_000);

  it('pass on a strategy of somebody else', async () => {
    const { passed, said } = await runSuites({ ...way, code: searching(way.code) }, STRATEGY, `${way.runner}-strategy`);
    expect(passed, said).toBe(true);
    const ran = Number(/^\W*tests:?\s+(\d+)/im.exec(said)?.[1]);
    expect(ran, said).toBeGreaterThanOrEqual(5 * Object.keys(SAMPLE_SEARCHES).length);
  }, 300_000);

  it('fail on a fault, and name it', async () => {
    const { passed, said } = await runSuites(way, FAULTY, `${way.runner}-faulty`);
    expect(passed, said).toBe(false);
    expect(said).toContain('carries its public id');
    expect(said).toContain('tiny/another');
    expect(said).toMatch(/\b(1 failed|fail 1)\b/);
  }, 300_000);
});
