import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@archon-dse/core';
import type { Architecture, MapspaceConstraints } from '@archon-dse/loop-nest';
import { explainLayer } from './explain-layer.js';

const problem = { C: 4, M: 6, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };
const at = (name: string, sizeWords?: number): Architecture['levels'][number] => ({
  name,
  keeps: name === 'DRAM' ? ['Weights', 'Inputs', 'Outputs'] : ['Outputs'],
  blockSize: 1,
  accessEnergyPj: 1,
  meshX: 1,
  meshY: 1,
  ...(sizeWords === undefined ? {} : { sizeWords, writeBandwidth: 1 }),
});
/** All outputs in the PE, inputs outside. */
const constraints: MapspaceConstraints = [{ temporal: { C: 'rest' }, temporalDims: [] }, { temporal: { M: 'rest' } }];
const on = (sizeWords: number): Architecture => ({
  levels: [at('DRAM'), at('pe', sizeWords)],
  macs: 1,
  macEnergyPj: 1,
});

const noCache = { get: () => undefined, set: () => undefined };

describe('explainLayer', () => {
  it('counts a layer that is executed several times as often', () => {
    const [once, thrice] = [1, 3].map((repeats) =>
      explainLayer('fc', { problem, architecture: on(8), constraints }, repeats, noCache),
    );
    expect(once).toMatchObject({ name: 'fc', losses: [{ cause: 'bandwidth', place: 'pe' }] });
    expect(thrice!.now).toEqual({ cycles: 3 * once!.now!.cycles, energyPj: 3 * once!.now!.energyPj });
    expect(thrice!.limits![0]!.cycles).toBe(3 * once!.limits![0]!.cycles);
    expect(thrice!.larger![0]!.cycles).toBe(3 * once!.larger![0]!.cycles);
    expect(thrice!.losses).toEqual(once!.losses);
  });

  it('says what is missing where there is no mapping, and what would do', () => {
    const { noMapping, larger, limits } = explainLayer('fc', { problem, architecture: on(5), constraints }, 1, noCache);
    expect(noMapping).toMatchObject({ cause: 'capacity', level: 'pe', needs: 6, has: 5 });
    expect(larger).toMatchObject([{ level: 'pe', sizeWords: 5, largerWords: 10, changes: true }]);
    expect(limits).toBeUndefined();
  });

  it('maps layers that are alike once', () => {
    const kept = new Map<string, JsonValue>();
    const cache = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: JsonValue) => void kept.set(key, value),
    };
    const nest = { problem, architecture: on(8), constraints };
    const [first, second] = ['a', 'b'].map((name) => explainLayer(name, nest, 1, cache));
    expect(kept.size).toBe(1);
    expect({ ...second, name: 'a' }).toEqual(first);
    explainLayer('c', { ...nest, objective: 'edp' }, 1, cache);
    expect(kept.size).toBe(2);
  });
});
