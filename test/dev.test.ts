import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pluginText, writePlugin } from './hostile/package.js';
import { ARCHON, journalOf, temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const at = (...path: readonly string[]): string => join(folder.path, ...path);

const SWEEP = `apiVersion: archon/v1
name: developed
plugins: [./developed]
seed: 1
networks: [{ use: developed/net }, { use: fusionet }]
accelerators: [{ use: developed/acc }, { use: dense }]
objectives: [cycles]
`;
/** The accelerator takes `cycles` times `factor` for each multiplication. */
const entry = (cycles: number): string =>
  pluginText(
    'developed',
    'none',
    '',
    `import { factor } from './factor.js';
    const slow = (workload) => {
      const cycles = workload.macs * ${String(cycles)} * factor;
      return { ...layer(workload), cycles, utilization: workload.macs / cycles };
    };
    const run = ({ workloads }) => {
      const layers = workloads.map(slow);
      return { cycles: layers.reduce((sum, { cycles }) => sum + cycles, 0), layers };
    };
    plugin.accelerators[0].create = ((create) => (options) => ({ ...create(options), run }))(plugin.accelerators[0].create);`,
  );

/** Writes the plugin with such an accelerator. */
function write(cycles: number, factor = '1'): void {
  writePlugin(folder.path, {
    name: 'developed',
    entry: entry(cycles),
    others: { 'factor.js': `export const factor = ${factor};` },
  });
}

let program: ChildProcess | undefined;
let text = '';
/** Starts `archon dev`; what it prints is collected. */
function start(...args: readonly string[]): void {
  text = '';
  program = spawn(process.execPath, [ARCHON, 'dev', ...args], {
    cwd: folder.path,
    env: { ...process.env, NO_COLOR: '1' },
  });
  for (const stream of [program.stdout, program.stderr])
    stream?.on('data', (data: Buffer) => (text += data.toString()));
}

/** What is printed until the next run is done. */
async function run(): Promise<string> {
  const end = /Watching \d+ files; Ctrl-C ends\.\n/;
  while (!end.test(text)) {
    if (program?.exitCode !== null) throw new Error(`it has ended: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const stop = text.search(end);
  const printed = text.slice(0, stop);
  text = text.slice(stop).replace(end, '');
  return printed;
}

beforeAll(() => {
  write(4);
  writeFileSync(at('developed.yaml'), SWEEP);
});
afterEach(() => {
  program?.kill('SIGKILL');
});

// Each run is a process, and each waits for its turn on a machine that is busy.
const LONG = 300_000;

describe('archon dev with a sweep', () => {
  it(
    'runs it again when a plugin or the file changes, evaluates only what changed, and goes on after errors',
    async () => {
      start('developed.yaml', '--out', 'out');
      expect(await run()).toMatch(/developed: 4 of 4 points ok[\s\S]*4 points evaluated\n/);

      write(3);
      expect(await run()).toMatch(
        /^developed\.yaml: developed\/index\.js changed\n[\s\S]*3 points evaluated, 1 as before\n.*\ncycles +29 +29 +same +2 +-25\.0% +-25\.0%\n/,
      );

      write(3, 'oops oops');
      expect(await run()).toMatch(
        /^developed\.yaml: developed\/factor\.js changed\n[\s\S]*developed\/factor\.js:1:28 +ARCHON_PLUGIN_THREW\n[\s\S]*SyntaxError/,
      );

      write(3, '0.5');
      expect(await run()).toMatch(/3 points evaluated, 1 as before\n.*\ncycles +29 +29 +same +2 +-50\.0% +-50\.0%\n/);

      writeFileSync(at('developed.yaml'), SWEEP.replace('seed: 1', 'sede: 1'));
      expect(await run()).toMatch(/developed\.yaml:4:1 +ARCHON_SWEEP_UNKNOWN_KEY[\s\S]*"seed"/);

      writeFileSync(at('developed.yaml'), SWEEP);
      expect(await run()).toMatch(
        /^developed\.yaml changed\n[\s\S]*0 points evaluated, 4 as before\n.*\ncycles +29 +29 +same +0\n/,
      );

      program?.kill('SIGINT');
      const [status] = (await once(program as ChildProcess, 'close')) as [number];
      expect(status).toBe(0);
      expect(journalOf(at('out'))).toHaveLength(4 + 3 + 3);
      expect(readdirSync(at('out')).filter((name) => /lock|\.\d+$/.test(name))).toEqual([]);
      expect(readFileSync(at('out/report.html'), 'utf8')).toContain('developed');
    },
    LONG,
  );

  it(
    'ends in good order in the middle of a run',
    async () => {
      write(4, `(await new Promise((resolve) => setTimeout(resolve, 60_000)), 1)`);
      start('developed.yaml', '--out', 'stopped', '--with', 'node -e "setInterval(() => undefined, 1000)"');
      while (!text.includes('developed.yaml')) await new Promise((resolve) => setTimeout(resolve, 20));
      program?.kill('SIGTERM');
      const [status] = (await once(program as ChildProcess, 'close')) as [number];
      expect(status).toBe(0);
      write(4);
    },
    LONG,
  );
});

it(
  'archon dev with a simulation shows what a companion prints, and how the sums change',
  async () => {
    const simulation = ['--network', 'developed/net', '--accelerator', 'developed/acc', '--plugin', './developed'];
    start(...simulation, '--with', `node -e "console.log('compiled')"`);
    const first = await run();
    expect(first).toMatch(/^developed\/net on developed\/acc\n[\s\S]*cycles +4,032\n/);
    write(6);
    expect(await run()).toMatch(/cycles +6,048\n[\s\S]*cycles +4,032 +6,048 +\+50\.0%/);
    expect(first + text).toContain('has ended with 0');
  },
  LONG,
);

it.each([
  [['developed.yaml', '--network', 'x'], 'developed.yaml and options of a simulation'],
  [[], 'nothing to run'],
])('archon dev %j is refused', async (args, message) => {
  start(...args);
  expect(((await once(program as ChildProcess, 'close')) as [number])[0]).toBe(2);
  expect(text).toContain(message);
});
