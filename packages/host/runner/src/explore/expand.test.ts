import type { Sweep } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_CONTENTS, pluginsOf, pointId, seedOf } from '@archon-dse/engine';
import { countPoints, expandSweep } from './expand.js';
import { nodePlatform } from '../node-platform.js';
import { candidate, loadFixtures, tinySweep } from '../test-fixtures.js';

const { registry } = await loadFixtures('tiny', 'faulty');
const namesOf = (sweep: Sweep): readonly string[] =>
  expandSweep(sweep, registry).jobs.map(({ point }) =>
    JSON.stringify([point.network.options, ...point.stages.map(({ options }) => options), point.accelerator.options]),
  );

describe('expandSweep', () => {
  it('varies the accelerator fastest, then the last stage, then the network', () => {
    const sweep = tinySweep({
      networks: [candidate('fixture/tiny', {}, { width: [4, 8] })],
      stages: [candidate('fixture/thin', { log: '' }, { density: [0.25, 0.5] })],
      accelerators: [candidate('fixture/mac', { delayMs: 0 }, { macs: [1] }), candidate('fixture/mac', { macs: 9 })],
    });
    expect(namesOf(sweep)).toEqual(
      [4, 8].flatMap((width) =>
        [0.25, 0.5].flatMap((density) =>
          [{ delayMs: 0, macs: 1 }, { macs: 9 }].map((options) =>
            JSON.stringify([{ width }, { log: '', density }, options]),
          ),
        ),
      ),
    );
  });

  it('keeps the first of equal points and counts the others', () => {
    const twice = candidate('fixture/mac', { delayMs: 0 }, { macs: [1, 2] });
    const { jobs, duplicates } = expandSweep(tinySweep({ accelerators: [twice, twice] }), registry);
    expect(jobs).toHaveLength(6);
    expect(duplicates).toBe(6);
    expect(countPoints(tinySweep({ accelerators: [twice, twice] }))).toEqual({ points: 6, duplicates: 6 });
  });

  it('gives the product of all axes, each point once, for any axes', () => {
    const axis = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(axis, axis, axis, (width, macs, delayMs) => {
        const networks = [candidate('fixture/tiny', {}, { width })];
        const accelerators = [candidate('fixture/mac', {}, { macs, delayMs })];
        const { jobs, duplicates } = expandSweep(tinySweep({ networks, accelerators }), registry);
        expect(jobs).toHaveLength(width.length * macs.length * delayMs.length);
        expect(new Set(jobs.map(({ id }) => id)).size).toBe(jobs.length);
        expect(duplicates).toBe(0);
      }),
    );
  });
});

describe('pointId', () => {
  const [job] = expandSweep(tinySweep(), registry).jobs;
  const { point } = job!;
  const plugins = pluginsOf(point, registry);

  it('is 16 hexadecimal digits that do not depend on the order of keys', () => {
    const shuffled = { seed: point.seed, accelerator: point.accelerator, stages: [], network: point.network };
    expect(job?.id).toMatch(/^[0-9a-f]{16}$/);
    expect(pointId(shuffled, plugins, NO_CONTENTS.code, nodePlatform)).toBe(job?.id);
  });

  it('changes with the point, the seed, and the version and the code of the engine and of a plugin it uses', () => {
    const [plugin] = plugins;
    const code = { engine: 'e', plugins: { 'archon-fixture-tiny': 't', 'archon-fixture-faulty': 'f' } };
    const ids = [
      pointId(point, plugins, code, nodePlatform),
      pointId({ ...point, seed: 2 }, plugins, code, nodePlatform),
      pointId({ ...point, network: { ...point.network, options: { width: 5 } } }, plugins, code, nodePlatform),
      pointId(point, [{ ...plugin!, version: '1.0.1' }], code, nodePlatform),
      pointId(point, plugins, { ...code, engine: 'edited' }, nodePlatform),
      pointId(point, plugins, { ...code, plugins: { ...code.plugins, 'archon-fixture-tiny': 'edited' } }, nodePlatform),
    ];
    expect(new Set(ids).size).toBe(6);
    const other = { ...code, plugins: { ...code.plugins, 'archon-fixture-faulty': 'edited' } };
    expect(pointId(point, plugins, other, nodePlatform)).toBe(ids[0]);
  });

  it('does not depend on plugins the point does not use', () => {
    expect(plugins.map(({ name }) => name)).toEqual(['archon-fixture-tiny']);
  });
});

describe('seedOf', () => {
  it('is an unsigned 32-bit number, the first half word of the SHA-256 of the canonical JSON', () => {
    // printf '{}' | sha256sum -> 44136fa355b3678a...
    expect(seedOf({}, nodePlatform)).toBe(0x44136fa3);
  });
});
