import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationRecord } from '@archon-dse/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLIED, sweptOf, HOSTILE, sweepText, writeCorpus, type HostilePlugin } from './hostile/corpus.js';
import { pluginText, writePlugin } from './hostile/package.js';
import { archonIn, expectCivil, type Outcome } from './hostile/run.js';
import { journalOf, temporaryFolder } from './workspace.js';

/** Sweeps with hostile plugins: each is named, its points fail, and those of the others are what they would have been without it. */

const folder = temporaryFolder();
afterAll(folder.remove);

const SERIAL = '{ kind: serial }';
const WORKERS = '{ kind: workerpool, workers: 2, timeoutS: 60 }';
const LIMITED = '{ kind: workerpool, workers: 2, timeoutS: 4 }';
const SWEEPS = {
  alone: [WORKERS, []],
  networks: [WORKERS, sweptOf('network')],
  accelerators: [WORKERS, sweptOf('accelerator')],
  components: [WORKERS, sweptOf('component')],
  'networks-serial': [SERIAL, sweptOf('network')],
  'accelerators-serial': [SERIAL, sweptOf('accelerator')],
  'components-serial': [SERIAL, sweptOf('component')],
  limits: [LIMITED, HOSTILE.filter(({ needsLimit }) => needsLimit)],
} as const satisfies Record<string, readonly [string, readonly HostilePlugin[]]>;
type SweepName = keyof typeof SWEEPS;
const ran = new Map<string, Outcome>();

/** The plugin of all misbehaviours of a stage that is applied, one for each value of an option. */
const ALL_STAGES = pluginText(
  'all-stages',
  'stage.apply',
  'return BODIES[given[1].mode]?.(given);',
  `const BODIES = { ${APPLIED.map(({ name, body }) => `'${name}'(given) { ${body} }`).join(',\n')} };
   plugin.stages[0].meta.options = { mode: { type: 'string', description: 'What to do.', default: 'none' } };`,
);

beforeAll(async () => {
  writeCorpus(folder.path);
  writePlugin(folder.path, { name: 'all-stages', entry: ALL_STAGES });
  for (const [name, [executor, hostile]] of Object.entries(SWEEPS)) {
    writeFileSync(join(folder.path, `${name}.yaml`), sweepText(name, hostile, executor));
  }
  const modes = ['none', ...APPLIED.map(({ name }) => name)].join(', ');
  const stages = `stages:\n  - use: all-stages/st\n    axes: { mode: [${modes}] }\n`;
  const text = sweepText('stages', [], WORKERS).replace('./innocent', './innocent, ./all-stages');
  writeFileSync(join(folder.path, 'stages.yaml'), text.replace('accelerators:', `${stages}accelerators:`));
  for (const name of [...Object.keys(SWEEPS), 'stages']) {
    ran.set(name, await archonIn(folder.path, 'sweep', `${name}.yaml`, '--out', `out-${name}`, '--json'));
  }
}, 300_000);

const recordsOf = (name: string) =>
  journalOf(join(folder.path, `out-${name}`)) as unknown as readonly EvaluationRecord[];
/** The plugin of a point that is not the innocent one; nothing where all is innocent. */
const hostileIn = ({ point: { network, accelerator } }: EvaluationRecord): string | undefined =>
  [network.use, accelerator.use, String(accelerator.options['cell'])]
    .map((use) => use.split('/')[0])
    .find((plugin) => plugin !== 'innocent');
const innocentOf = (name: string) => recordsOf(name).filter((record) => hostileIn(record) === undefined);

describe('a sweep with hostile plugins', () => {
  it.each(Object.keys(SWEEPS) as SweepName[])('%s ends with one document, and names each', (name) => {
    const { status, stdout, stderr } = ran.get(name)!;
    const records = recordsOf(name);
    const hostile: readonly HostilePlugin[] = SWEEPS[name][1];
    const bad = new Set(hostile.filter(({ isHarmless }) => isHarmless !== true).map(({ plugin }) => plugin));
    expect(JSON.parse(stdout)).toMatchObject({ counts: { total: hostile.length + 1, failed: bad.size } });
    expect(status).toBe(bad.size === 0 ? 0 : 3);
    for (const record of records) {
      const plugin = hostileIn(record);
      if (plugin === undefined) continue;
      expect({ plugin, status: record.status }).toEqual({ plugin, status: bad.has(plugin) ? 'failed' : 'ok' });
      if (bad.has(plugin) && name !== 'limits') expect(record.error).toMatchObject({ plugin });
      expectCivil(JSON.stringify(record));
    }
    expectCivil(stderr);
    console.info(`sweep ${name}: ${String(records.length)} points, ${String(bad.size)} failed, the others undisturbed`);
  });

  it.each(Object.keys(SWEEPS))('%s leaves the innocent point as it is alone', (name) => {
    expect(innocentOf(name)).toEqual(recordsOf('alone'));
  });

  it.each(['networks', 'accelerators', 'components'])(
    '%s has the same records in workers and in one thread',
    (name) => {
      expect(recordsOf(`${name}-serial`)).toEqual(recordsOf(name));
    },
  );

  it('gives up what runs too long', () => {
    const failed = recordsOf('limits').filter(({ status }) => status === 'failed');
    expect(new Set(failed.map(({ error }) => error?.code))).toEqual(new Set(['ARCHON_POINT_TIMEOUT']));
  });

  it('fails the stages that go wrong and no others', () => {
    expect(ran.get('stages')).toMatchObject({ status: 3 });
    const records = recordsOf('stages');
    const bad = APPLIED.filter(({ isHarmless }) => isHarmless !== true).map(({ name }) => name);
    const failed = records.filter(({ status }) => status === 'failed');
    expect(failed.map(({ point }) => point.stages[0]?.options['mode']).sort()).toEqual([...bad].sort());
    expect(new Set(failed.map(({ error }) => error?.plugin))).toEqual(new Set(['all-stages']));
    expect(records).toHaveLength(APPLIED.length + 1);
  });

  it('wrote what it wrote', () => {
    expect(readFileSync(join(folder.path, 'out-accelerators/report.html'), 'utf8')).toContain('accelerators');
  });
});
