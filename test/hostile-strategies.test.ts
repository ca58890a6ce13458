import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endingOf, writeCorpus } from './hostile/corpus.js';
import { DOING } from './hostile/package.js';
import { archonIn, diagnosticsIn, drive, expectCivil, type DrivenLines } from './hostile/run.js';
import { journalOf, temporaryFolder } from './workspace.js';

/** Strategies that do every wrong thing we know of: each is named, and no record that was made before is lost. */

const folder = temporaryFolder();
afterAll(folder.remove);

const HOSTILE = endingOf('strategy');
const HARMLESS = HOSTILE.filter(({ isHarmless }) => isHarmless);
const BAD = HOSTILE.filter(({ isHarmless }) => isHarmless !== true);
const LATE = BAD.filter(({ name }) => name.endsWith('-later') && name !== 'answers-later');
/** A search of all four points, with the strategy of a plugin. */
const sweepOf = (plugin: string): string => `apiVersion: archon/v1
name: ${plugin}
plugins: [./innocent${plugin === 'innocent' ? '' : `, ./${plugin}`}]
networks: [{ use: innocent/net }, { use: archon/mobilenet-v2, options: { dataset: cifar10, width: 0.1 } }]
accelerators: [{ use: innocent/acc }, { use: archon/dense }]
objectives: [cycles]
search: { strategy: ${plugin}/search, budget: { points: 10 } }
executor: { kind: serial }
`;
const sweeping = (plugin: string, out = plugin) => ['sweep', `${plugin}.yaml`, '--out', `out-${out}`, '--json'];
const recordsOf = (out: string) => journalOf(join(folder.path, `out-${out}`));
let driven: DrivenLines;

beforeAll(async () => {
  writeCorpus(folder.path);
  const plugins = ['innocent', ...HOSTILE.map(({ plugin }) => plugin)];
  for (const plugin of plugins) writeFileSync(join(folder.path, `${plugin}.yaml`), sweepOf(plugin));
  driven = await drive(
    folder.path,
    plugins.map((plugin) => sweeping(plugin)),
  );
}, 300_000);

describe('a strategy that goes wrong', () => {
  it('leaves the process alone', () => {
    expect(BAD.length).toBeGreaterThan(90);
    expect(driven.all.flatMap(({ bugs }) => bugs)).toEqual([]);
  });

  it.each(BAD)('$plugin ends its search, and is named with what it was doing', ({ plugin, hook }) => {
    const { status, stdout } = driven.of(...sweeping(plugin));
    const [found] = diagnosticsIn(stdout);
    expect({ status, plugin: found?.plugin }).toEqual({ status: 2, plugin });
    if (found?.code === 'ARCHON_PLUGIN_THREW') expect(found.message).toContain(DOING[hook]);
    expectCivil(stdout);
  });

  it.each(HARMLESS)('$plugin is let go', ({ plugin, name }) => {
    const { status, stdout } = driven.of(...sweeping(plugin));
    const points = name === 'asks-again-for-ever' ? 1 : 4;
    expect({ status, document: JSON.parse(stdout) as object }).toMatchObject({
      ...{ status: 0, document: { counts: { total: points, failed: 0 } } },
    });
  });

  it.each(LATE)('$plugin loses no record, and another strategy goes on with them', ({ plugin }) => {
    const before = recordsOf(plugin);
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect(recordsOf('innocent')).toEqual(expect.arrayContaining([...before]));
  });
});

describe('the real command', () => {
  it.each(['strategy-ask-exits-later', 'strategy-ask-kills', 'strategy-ask-aborts'])('outlives %s', async (plugin) => {
    const { status, stdout, stderr } = await archonIn(folder.path, ...sweeping(plugin, `real-${plugin}`));
    expect(status).toBe(2);
    expect(diagnosticsIn(stdout)[0]?.plugin).toBe(plugin);
    expectCivil(stdout, stderr);
  });

  it('goes on with the records of a strategy that broke', async () => {
    const out = 'strategy-ask-breaks-later';
    const { status, stdout } = await archonIn(folder.path, ...sweeping('innocent', out));
    expect({ status, document: JSON.parse(stdout) as object }).toMatchObject({
      ...{ status: 0, document: { counts: { total: 4, skipped: 2, failed: 0 } } },
    });
    expect(recordsOf(out)).toEqual(recordsOf('innocent'));
  });
});
