import type { Sweep } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choicesOf, countPoints, expandSweep } from './expand.js';
import { candidate, loadFixtures, tinySweep } from '../test-fixtures.js';

const { registry } = await loadFixtures('tiny', 'faulty');
const namesOf = (sweep: Sweep): readonly string[] =>
  expandSweep(sweep, registry).jobs.map(({ point }) =>
    JSON.stringify([point.network.options, ...point.stages.map(({ options }) => options), point.accelerator.options]),
  );

it('varies a member of a map and keeps the others', () => {
  const choices = choicesOf({ use: 'a/b', options: { pe: { bits: 8, lanes: 4 } }, axes: { 'pe.lanes': [1, 2] } });
  expect(choices.map(({ options }) => options)).toEqual([{ pe: { bits: 8, lanes: 1 } }, { pe: { bits: 8, lanes: 2 } }]);
});

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
    expect(countPoints(tinySweep({ accelerators: [twice, twice] }), registry)).toEqual({ points: 6, duplicates: 6 });
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
