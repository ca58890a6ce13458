import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationRecord } from '@archon-dse/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MISBEHAVIOURS, type Misbehaviour } from './hostile/calls.js';
import { BAD_PLUGINS } from './hostile/loads.js';
import { HOOKS, pluginText, writePlugin, type Hook } from './hostile/package.js';
import { ARCHON, journalOf, temporaryFolder } from './workspace.js';

/**
 * Plugins that do every wrong thing we know of, in every place they are asked for something: no stack trace, no hang, no silent success.
 * Each is named, its points fail, and those of the others are what they would have been without it.
 */

interface HostilePlugin extends Misbehaviour {
  readonly plugin: string;
  readonly hook: Hook;
}

const HOSTILE: readonly HostilePlugin[] = MISBEHAVIOURS.flatMap((one) =>
  (one.hooks ?? (Object.keys(HOOKS) as Hook[])).map((hook) => ({ ...one, hook, plugin: `${hook}-${one.name}` })),
);
const of = (...kinds: readonly (typeof HOOKS)[Hook][]) => HOSTILE.filter(({ hook }) => kinds.includes(HOOKS[hook]));
const SERIAL = HOSTILE.filter(({ needsLimit }) => needsLimit !== true);

const folder = temporaryFolder();
afterAll(folder.remove);

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of Node in the folder; one that hangs is killed and has no status. */
function node(args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { cwd: folder.path, env, timeout: 120_000, killSignal: 'SIGKILL' });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (data: Buffer) => stdout.push(data));
    child.stderr.on('data', (data: Buffer) => stderr.push(data));
    child.on('close', (status) => {
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.end(input);
  });
}
const archon = (...args: readonly string[]) => node([ARCHON, ...args]);

/** What the driver says of each command line, by its text. */
interface Driven extends Outcome {
  readonly args: readonly string[];
  readonly late: readonly string[];
  readonly bugs: readonly string[];
}
let driven: ReadonlyMap<string, Driven>;
const outcomeOf = (...args: readonly string[]): Driven => driven.get(args.join(' '))!;

/** The plugin of all stage misbehaviours, one for each value of an option. */
const STAGES = of('stage').filter(({ needsLimit }) => needsLimit !== true);
const ALL_STAGES = pluginText(
  'all-stages',
  'apply',
  'return BODIES[given[1].mode]?.(given);',
  `const BODIES = { ${STAGES.map(({ name, body }) => `'${name}'(given) { ${body} }`).join(',\n')} };
   plugin.stages[0].meta.options = { mode: { type: 'string', description: 'What to do.', default: 'none' } };`,
);

/** A sweep of the innocent network and accelerator beside hostile ones. */
function sweepText(name: string, hostile: readonly HostilePlugin[], executor: string): string {
  const uses = (kind: 'network' | 'accelerator', id: string): string =>
    hostile
      .filter(({ hook }) => HOOKS[hook] === kind)
      .map(({ plugin }) => `  - use: ${plugin}/${id}\n`)
      .join('');
  const plugins = ['innocent', ...hostile.map(({ plugin }) => plugin)];
  return `apiVersion: archon/v1
name: ${name}
plugins: [${plugins.map((plugin) => `./${plugin}`).join(', ')}]
networks:
${uses('network', 'net')}  - use: innocent/net
accelerators:
${uses('accelerator', 'acc')}  - use: innocent/acc
objectives: [cycles]
executor: ${executor}
`;
}

const simulation = ({ plugin, hook }: HostilePlugin): readonly string[] => {
  const network = HOOKS[hook] === 'network' ? plugin : 'innocent';
  const accelerator = HOOKS[hook] === 'accelerator' ? plugin : 'innocent';
  const plugins = ['--plugin', './innocent', '--plugin', `./${plugin}`];
  return ['simulate', '--network', `${network}/net`, '--accelerator', `${accelerator}/acc`, ...plugins, '--json'];
};
const training = ({ plugin }: HostilePlugin): readonly string[] => {
  const plugins = ['--plugin', './innocent', '--plugin', `./${plugin}`];
  return ['train', '--network', 'innocent/net', '--stages', `${plugin}/st`, ...plugins, '--out', 'train', '--json'];
};
const description = ({ plugin }: HostilePlugin) => ['describe', `${plugin}/net`, '--plugin', `./${plugin}`, '--json'];

const SWEEPS = {
  alone: ['workerpool', []],
  networks: ['workerpool', of('network').filter((one) => SERIAL.includes(one))],
  accelerators: ['workerpool', of('accelerator').filter((one) => SERIAL.includes(one))],
  'networks-serial': ['serial', of('network').filter((one) => SERIAL.includes(one))],
  'accelerators-serial': ['serial', of('accelerator').filter((one) => SERIAL.includes(one))],
  limits: ['workerpool', HOSTILE.filter(({ needsLimit }) => needsLimit)],
} as const satisfies Record<string, readonly [string, readonly HostilePlugin[]]>;
type SweepName = keyof typeof SWEEPS;
const ran = new Map<string, Outcome>();

beforeAll(async () => {
  for (const plugin of BAD_PLUGINS) writePlugin(folder.path, plugin);
  for (const { plugin, hook, body } of HOSTILE)
    writePlugin(folder.path, { name: plugin, entry: pluginText(plugin, hook, body) });
  writePlugin(folder.path, { name: 'innocent', entry: pluginText('innocent') });
  writePlugin(folder.path, { name: 'all-stages', entry: ALL_STAGES });
  for (const [name, [kind, hostile]] of Object.entries(SWEEPS)) {
    const executor = kind === 'serial' ? '{ kind: serial }' : `{ kind: workerpool, workers: 2, timeoutS: 4 }`;
    writeFileSync(join(folder.path, `${name}.yaml`), sweepText(name, hostile, executor));
  }
  const stages = `stages:\n  - use: all-stages/st\n    axes: { mode: [none, ${STAGES.map(({ name }) => name).join(', ')}] }\n`;
  const text = sweepText('stages', [], '{ kind: workerpool, workers: 2 }').replace(
    './innocent',
    './innocent, ./all-stages',
  );
  writeFileSync(join(folder.path, 'stages.yaml'), text.replace('accelerators:', `${stages}accelerators:`));

  const lines = [
    ...BAD_PLUGINS.flatMap(({ name, isOnce }) => [
      ['plugins', '--plugin', `./${name}`, '--json'],
      ...(isOnce ? [] : [['plugins', '--plugin', `./${name}`]]),
    ]),
    ...of('network').map(description),
    ...SERIAL.filter(({ hook }) => HOOKS[hook] !== 'stage').map(simulation),
    ...STAGES.map(training),
    ['validate', 'networks.yaml', '--json'],
    ['validate', 'accelerators.yaml'],
  ];
  const drive = node([join(import.meta.dirname, 'hostile/driver.mjs')], JSON.stringify(lines)).then((outcome) => {
    ran.set('driver', outcome);
    const all = JSON.parse(outcome.stdout) as readonly Driven[];
    driven = new Map(all.map((one) => [one.args.join(' '), one]));
  });
  const sweeps = (async () => {
    for (const name of [...Object.keys(SWEEPS), 'stages']) {
      ran.set(name, await archon('sweep', `${name}.yaml`, '--out', `out-${name}`, '--json'));
    }
  })();
  await Promise.all([drive, sweeps]);
}, 300_000);

/** Nothing that only a bug may show, and no stack. */
function expectCivil(...texts: readonly string[]): void {
  for (const text of texts) {
    expect(text).not.toMatch(/internal error|is a bug/i);
    expect(text).not.toMatch(/(^|\n|\\n)\s+at .*:\d+/);
    expect(text.length).toBeLessThan(1_000_000);
  }
}

interface JsonError {
  readonly error: {
    readonly diagnostics: readonly { readonly code: string; readonly message: string; readonly plugin?: string }[];
  };
}

it('there are more than 100 of them, and one process survived them all', () => {
  const calls = HOSTILE.length;
  console.info(
    `hostile plugins: ${String(BAD_PLUGINS.length)} that cannot be loaded, ${String(calls)} that go wrong in a call`,
  );
  expect(new Set([...BAD_PLUGINS, ...HOSTILE.map(({ plugin: name }) => ({ name }))].map(({ name }) => name)).size).toBe(
    BAD_PLUGINS.length + calls,
  );
  expect(BAD_PLUGINS.length + calls).toBeGreaterThan(100);
  expect(ran.get('driver')).toMatchObject({ status: 0 });
  expect([...driven.values()].flatMap(({ bugs }) => bugs)).toEqual([]);
});

describe('a plugin that cannot be loaded', () => {
  it.each(BAD_PLUGINS)('$name is refused with $code', ({ name, code, isOnce }) => {
    const json = outcomeOf('plugins', '--plugin', `./${name}`, '--json');
    const { error } = JSON.parse(json.stdout) as JsonError;
    expect({ status: json.status, codes: [...new Set(error.diagnostics.map((one) => one.code))] }).toEqual({
      status: 2,
      codes: [code],
    });
    expect(error.diagnostics[0]?.message).toContain(name);
    expectCivil(json.stdout);
    if (isOnce) return;
    const text = outcomeOf('plugins', '--plugin', `./${name}`);
    expect({ status: text.status, stdout: text.stdout }).toEqual({ status: 2, stdout: '' });
    expect(text.stderr).toContain(name);
    expectCivil(text.stderr);
  });

  it('shows the place of what does not parse', () => {
    expect(outcomeOf('plugins', '--plugin', './import-syntax').stderr).toContain('  const b == 2;\n        ^');
    expect(outcomeOf('plugins', '--plugin', './import-syntax').stderr).toMatch(/^import-syntax\/index\.js:2:7 /);
    expect(outcomeOf('plugins', '--plugin', './import-syntax-inside').stderr).toMatch(
      /^import-syntax-inside\/inside\.js:2:8 /,
    );
  });
});

describe('a plugin that goes wrong in a call', () => {
  const failing = SERIAL.filter(({ isHarmless, hook }) => isHarmless !== true && HOOKS[hook] !== 'stage');
  const inTraining = STAGES.filter(({ isHarmless }) => isHarmless !== true);
  const cases = [
    ...failing.map((one) => [one.plugin, simulation(one)] as const),
    ...of('network')
      .filter(({ isHarmless }) => isHarmless !== true)
      .map((one) => [one.plugin, description(one)] as const),
    ...inTraining.map((one) => [one.plugin, training(one)] as const),
  ];

  it.each(cases)('%s fails %j', (plugin, args) => {
    const { status, stdout } = outcomeOf(...args);
    const { error } = JSON.parse(stdout) as JsonError;
    expect({ status, plugin: error.diagnostics[0]?.plugin }).toEqual({ status: 2, plugin });
    expectCivil(stdout);
  });

  it('is let go where it only prints', () => {
    for (const one of HOSTILE.filter(({ isHarmless }) => isHarmless)) {
      const { status, stdout } = outcomeOf(...(one.hook === 'apply' ? training(one) : simulation(one)));
      expect({ plugin: one.plugin, status, error: (JSON.parse(stdout) as Partial<JsonError>).error }).toEqual({
        ...{ plugin: one.plugin, status: 0, error: undefined },
      });
    }
  });

  it('is named by validate when it goes wrong in a check', () => {
    const text = outcomeOf('validate', 'accelerators.yaml');
    expect(text).toMatchObject({ status: 3, stdout: expect.stringContaining('accelerators.yaml is valid') });
    const named = failing.filter(
      ({ hook, name }) => hook === 'check' && name !== 'never-settles' && !name.includes('fake-blame'),
    );
    for (const { plugin } of named) expect(text.stderr, plugin).toContain(plugin);
    expectCivil(text.stderr);
  });
});

describe('a sweep with hostile plugins', () => {
  const recordsOf = (name: string) =>
    journalOf(join(folder.path, `out-${name}`)) as unknown as readonly EvaluationRecord[];
  const innocent = ({ point }: EvaluationRecord): boolean =>
    point.network.use === 'innocent/net' && point.accelerator.use === 'innocent/acc';
  const hostileIn = ({ point }: EvaluationRecord): string =>
    [point.network.use, point.accelerator.use]
      .map((use) => use.split('/')[0] ?? '')
      .find((one) => one !== 'innocent') ?? '';

  it.each(Object.keys(SWEEPS) as SweepName[])('%s ends with one document, and names each', (name) => {
    const { status, stdout, stderr } = ran.get(name)!;
    const records = recordsOf(name);
    const hostile: readonly HostilePlugin[] = SWEEPS[name][1];
    const bad = new Set(hostile.filter(({ isHarmless }) => isHarmless !== true).map(({ plugin }) => plugin));
    expect(JSON.parse(stdout)).toMatchObject({ counts: { total: hostile.length + 1, failed: bad.size } });
    expect(status).toBe(bad.size === 0 ? 0 : 3);
    for (const record of records.filter((one) => !innocent(one))) {
      const plugin = hostileIn(record);
      expect({ plugin, status: record.status }).toEqual({ plugin, status: bad.has(plugin) ? 'failed' : 'ok' });
      if (bad.has(plugin) && name !== 'limits') expect(record.error).toMatchObject({ plugin });
      expectCivil(JSON.stringify(record));
    }
    expectCivil(stderr);
    console.info(`sweep ${name}: ${String(records.length)} points, ${String(bad.size)} failed, the others undisturbed`);
  });

  it.each(Object.keys(SWEEPS))('%s leaves the innocent point as it is alone', (name) => {
    expect(recordsOf(name).filter(innocent)).toEqual(recordsOf('alone'));
  });

  it.each(['networks', 'accelerators'])('%s has the same records in workers and in one thread', (name) => {
    expect(recordsOf(`${name}-serial`)).toEqual(recordsOf(name));
  });

  it('gives up what runs too long', () => {
    const failed = recordsOf('limits').filter(({ status }) => status === 'failed');
    expect(new Set(failed.map(({ error }) => error?.code))).toEqual(new Set(['ARCHON_POINT_TIMEOUT']));
  });

  it('fails the stages that go wrong and no others', () => {
    expect(ran.get('stages')).toMatchObject({ status: 3 });
    const records = recordsOf('stages');
    const bad = STAGES.filter(({ isHarmless }) => isHarmless !== true).map(({ name }) => name);
    const failed = records.filter(({ status }) => status === 'failed');
    expect(failed.map(({ point }) => point.stages[0]?.options['mode']).sort()).toEqual([...bad].sort());
    expect(new Set(failed.map(({ error }) => error?.plugin))).toEqual(new Set(['all-stages']));
    expect(records).toHaveLength(STAGES.length + 1);
  });
});

describe('the real command', () => {
  const plugins = (name: string, ...more: readonly string[]) => archon('plugins', '--plugin', `./${name}`, ...more);

  it.each(['import-exits', 'import-really-exits', 'import-kills', 'import-never-ends'])('outlives %s', async (name) => {
    const { status, stdout, stderr } = await plugins(name);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(name);
    expectCivil(stderr);
  });

  it('shows the stack of a plugin when asked to', async () => {
    const place = `${join(folder.path, 'import-throws/index.js')}:1:7`;
    expect((await plugins('import-throws')).stderr).not.toContain(place);
    expect((await plugins('import-throws', '--stack')).stderr).toContain(place);
    const args = ['simulate', '--network', 'innocent/net', '--accelerator', 'run-throws-error/acc', '--stack'];
    const { stderr } = await archon(...args, '--plugin', './innocent', '--plugin', './run-throws-error');
    expect(stderr).toContain(`${join(folder.path, 'run-throws-error/index.js')}:3`);
  });

  it('keeps what a plugin prints out of its documents, and does not wait for what it left running', async () => {
    const name = 'prints-and-stays';
    const extra = `console.log('{'); process.stdout.write('{'); setInterval(() => console.log('{'), 100); process.exitCode = 9;`;
    writePlugin(folder.path, { name, entry: pluginText(name, 'none', '', extra) });
    const { status, stdout } = await plugins(name, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('plugins');
  });

  it('says what a plugin left behind, with exit code 3', async () => {
    const name = 'late';
    writePlugin(folder.path, { name, entry: pluginText(name, 'none', '', `setTimeout(() => process.exit(0), 1);`) });
    const { status, stdout, stderr } = await plugins(name, '--json');
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toHaveProperty('plugins');
    expect(stderr).toContain('plugin "late" called process.exit(0) while being imported');
  });

  it('refuses a package.json that is a folder', async () => {
    mkdirSync(join(folder.path, 'manifest-folder/package.json'), { recursive: true });
    const { status, stderr } = await plugins('manifest-folder');
    expect(status).toBe(2);
    expect(stderr).toContain('manifest-folder/package.json is a folder');
  });

  it('does not match a pattern for ever', async () => {
    const name = 'pattern';
    const schema = `{ type: 'string', description: 'D', default: '', pattern: '^(a+)+$' }`;
    writePlugin(folder.path, {
      name,
      entry: pluginText(name, 'none', '', `plugin.networks[0].meta.options = { word: ${schema} };`),
    });
    const { status, stderr } = await archon(
      'describe',
      'pattern/net',
      '--plugin',
      './pattern',
      '--set',
      `word=${'a'.repeat(40)}!`,
    );
    expect(status).toBe(2);
    expect(stderr).toContain('cannot have word');
  });

  it('wrote what it wrote', () => {
    expect(readFileSync(join(folder.path, 'out-accelerators/report.html'), 'utf8')).toContain('accelerators');
  });
});
