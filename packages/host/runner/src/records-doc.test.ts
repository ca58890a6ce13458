import { readFileSync } from 'node:fs';
import { Registry, type EvaluationRecord } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { nodeContext } from './node-platform.js';
import { choicesIn, readContents } from './files/contents.js';
import { expandSweep } from './explore/expand.js';
import { recordJob } from './execute/record-job.js';
import { candidate, faultySweep, FIXTURES, loadFixtures, tinySweep } from './test-fixtures.js';

const doc = readFileSync(new URL('../../../../docs/records.md', import.meta.url), 'utf8');
const plugins = await loadFixtures('tiny', 'faulty');

/** Names in the first column of the tables of a section. */
function documented(section: string): readonly string[] {
  const text = doc.split(/^## /m).find((part) => part.startsWith(section)) ?? '';
  return [...text.matchAll(/^\| `([\w.]+)`/gm)].map(([, name]) => name!);
}

async function recordOf(sweep: Parameters<typeof expandSweep>[0], { registry } = plugins) {
  const contents = await readContents(choicesIn(sweep, registry), plugins, FIXTURES);
  const [job] = expandSweep(sweep, registry, contents).jobs;
  return (await recordJob(job!, nodeContext(registry, { contents }), 0)).record;
}

/** The fixtures, whose networks compute two images at once. */
const batched = new Registry(
  plugins.registry.plugins.map((plugin) => ({
    ...plugin,
    networks: (plugin.networks ?? []).map(({ meta, build }) => ({
      meta,
      build: async (options) => ({ ...(await build(options)), batch: 2 }),
    })),
  })),
);

describe('docs/records.md', () => {
  it('lists the fields of a record, both ways', async () => {
    const reads = candidate('fixture/read', { file: '', folder: 'tiny', rewrite: false });
    const [ok, failed] = [await recordOf(tinySweep({ stages: [reads] })), await recordOf(faultySweep('throws'))];
    const fields = [...Object.entries(ok), ...Object.entries(failed)].flatMap(([name, value]) => [
      name,
      ...(['point', 'provenance', 'timing'].includes(name)
        ? Object.keys(value).map((inner) => `${name}.${inner}`)
        : []),
    ]);
    // No stage of the fixtures trains, and no point is one of a second step; test/accuracy-sweep.test.ts and run-refine.test.ts have such.
    const always = documented('The record').filter((name) => name !== 'budgets' && name !== 'refines');
    expect(always.sort()).toEqual([...new Set(fields)].sort());
  });

  it('lists the metrics of the engine and the fields of a layer', async () => {
    const { layers } = await recordOf(tinySweep());
    const { metrics } = await recordOf(tinySweep(), { ...plugins, registry: batched });
    expect([...documented('`metrics`')].sort()).toEqual(Object.keys(metrics).sort());
    const executed = ['execution', 'cyclesAnalytical', 'stalls', 'shares', 'histograms', 'maps'];
    const sometimes = ['phase', 'mapping', 'tiles', 'precision', ...executed];
    expect(documented('`layers[]`')).toEqual(expect.arrayContaining(sometimes));
    const always = documented('`layers[]`').filter((name) => !sometimes.includes(name));
    expect(always.sort()).toEqual(Object.keys(layers[0]!).sort());
  });

  it('has a batch only of networks that say so', async () => {
    expect((await recordOf(tinySweep())).metrics).not.toHaveProperty('batch');
    expect((await recordOf(tinySweep(), { ...plugins, registry: batched })).metrics['batch']).toBe(2);
  });

  it('shows a record as the engine makes it', async () => {
    const example = JSON.parse(/```json\n([^`]*)```/.exec(doc)?.[1] ?? '') as EvaluationRecord;
    const record = await recordOf(tinySweep());
    // The id, the engine and the code change with each release, the timing with each run.
    const { pointId, timing } = example;
    const { engine, engineCode = '', plugins } = example.provenance;
    const provenance = {
      ...{ ...record.provenance, engine, engineCode },
      plugins: record.provenance.plugins.map((plugin, index) => ({ ...plugin, code: plugins[index]?.code })),
    };
    expect({ ...record, pointId, timing, provenance }).toEqual(example);
  });
});
