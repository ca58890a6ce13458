import { type JsonValue, type LayerCache, type PriceTables, type Workload } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { arrayArchitecture } from './architecture.js';
import { type ArrayOptions, PUBLISHED_DENSE_ARRAY } from './array-options.js';
import { denseMapspace } from './dense-mapspace.js';
import { layerRun, mapNest, type MappedNest } from './layer-run.js';
import type { NestRequest } from './nest-request.js';

const WORKLOAD: Workload = {
  name: 'b3.expand',
  block: 'b3',
  role: 'expand',
  op: 'conv',
  problem: { C: 20, M: 80, R: 1, S: 1, P: 32, Q: 32, N: 1, strideP: 1, strideQ: 1 },
  groups: 3,
  macs: 3 * 1_638_400,
};

function prices(dramPj = 512): PriceTables {
  const accessPj = {
    DRAM: dramPj,
    shared_glb: 70.264,
    DummyBuffer: 0.202,
    ifmap_spad: 0.251,
    weights_spad: 1.18,
    psum_spad: 0.302,
  };
  const rows = Object.entries(accessPj).map(([name, value]) => [name, { access: { value, source: 'published' } }]);
  return { ert: { ...Object.fromEntries(rows), mac: { compute: { value: 2.2, source: 'published' } } }, art: {} };
}

function energyOf({ actions }: Pick<MappedNest, 'actions'>): number {
  const { ert } = prices();
  return actions.reduce(
    (sum, { component, action, count }) => sum + count * (ert[component]?.[action]?.value ?? NaN),
    0,
  );
}

function request(changes: Partial<ArrayOptions> = {}, dramPj?: number): NestRequest {
  const options = { ...PUBLISHED_DENSE_ARRAY, ...changes };
  const { problem } = WORKLOAD;
  return {
    problem,
    architecture: arrayArchitecture(options, prices(dramPj)),
    constraints: denseMapspace(problem, options),
  };
}

/** A cache that records what was asked of it. */
function spyCache(): LayerCache & { readonly keys: Set<string>; hits: number } {
  const values = new Map<string, JsonValue>();
  return {
    keys: new Set(),
    hits: 0,
    get(key) {
      this.keys.add(key);
      if (values.has(key)) this.hits += 1;
      return values.get(key);
    },
    set: (key, value) => void values.set(key, value),
  };
}

describe('mapNest', () => {
  it('finds the published optimum of a pointwise layer', () => {
    // FusioNet block 3, first pointwise layer, dense baseline: 25 600 cycles, 23 876 254.72 pJ, utilisation 0.89.
    const nest = mapNest(request(), spyCache());
    expect(nest).toMatchObject({ macs: 1_638_400, cycles: 25_600, utilization: 64 / 72, pes: 72, usedPes: 64 });
    expect(energyOf(nest)).toBeCloseTo(23_876_254.72, 2);
    expect(nest.text).toMatch(/^DRAM\[WIO\] .+ - shared_glb\[IO\] .+ - DummyBuffer\[\] .+ - psum_spad\[O\] M\d+$/);
  });

  it('searches once for equal nests', () => {
    const cache = spyCache();
    const first = mapNest(request(), cache);
    expect(cache.hits).toBe(0);
    expect(mapNest(request(), cache)).toEqual(first);
    expect(cache.hits).toBe(1);
  });

  it('searches anew when a size, a bandwidth, an energy or the mesh changes', () => {
    const cache = spyCache();
    const requests = [
      request(),
      request({ glbKib: 64 }),
      request({ glbWriteBandwidth: 16 }),
      request({ psumSpadWords: 32 }),
      request({ meshX: 4 }),
      request({}, 256),
    ];
    requests.forEach((each) => mapNest(each, cache));
    expect(cache.keys.size).toBe(requests.length);
    expect(cache.hits).toBe(0);
  });

  it('says what is proven where a budget ends the search, which goes on until there is a mapping', () => {
    const best = mapNest(request(), spyCache());
    for (const budget of [1, 10, 20, 30]) {
      const { cycles, bound, ...stopped } = mapNest({ ...request(), budget }, spyCache());
      expect(cycles).toBe(best.cycles);
      const gap = energyOf(stopped) / energyOf(best) - 1;
      expect(bound).toMatchObject({ of: 'energyPj' });
      expect(bound?.gap).toBeGreaterThanOrEqual(gap);
    }
    expect(mapNest({ ...request(), budget: 1000 }, spyCache())).toEqual(best);
  });

  it('remembers each budget by itself', () => {
    const cache = spyCache();
    const bounds = [undefined, 1, 1000].map((budget) => mapNest({ ...request(), budget }, cache).bound);
    expect(bounds).toEqual([undefined, expect.anything(), undefined]);
    expect(cache.hits).toBe(0);
  });

  it('says why nothing fits', () => {
    const wide: NestRequest = { ...request(), problem: { ...WORKLOAD.problem, R: 17, S: 1 } };
    const [diagnostic] = diagnosticsOf(() => mapNest(wide, spyCache()));
    expect(diagnostic?.code).toBe('ARCHON_NO_MAPPING');
    expect(diagnostic?.message).toContain('"R":17');
    expect(diagnostic?.message).toContain('ifmap_spad');
  });
});

describe('layerRun', () => {
  const nest: MappedNest = {
    mapping: [],
    text: 'DRAM[WIO] Q8',
    tiles: 'W1 I8 O8',
    macs: 10,
    cycles: 4,
    utilization: 0.5,
    pes: 72,
    usedPes: 72,
    actions: [{ component: 'mac', action: 'compute', count: 10 }],
  };

  it('is the nest itself for a single group', () => {
    expect(layerRun(WORKLOAD, nest, 1)).toEqual({
      name: 'b3.expand',
      block: 'b3',
      role: 'expand',
      macs: 10,
      cycles: 4,
      utilization: 0.5,
      actions: nest.actions,
      mapping: 'DRAM[WIO] Q8',
      tiles: nest.tiles,
    });
  });

  it('says how many PEs have no work', () => {
    expect(layerRun(WORKLOAD, { ...nest, usedPes: 64 }, 1).notes).toEqual(['64 of 72 PEs work']);
    expect(layerRun(WORKLOAD, { ...nest, usedPes: 71.96 }, 1).notes).toEqual(['71.9 of 72 PEs work on average']);
    expect(layerRun(WORKLOAD, { ...nest, bound: { of: 'energyPj', gap: 0.0301 } }, 1).notes).toEqual([
      'the mapper stopped at its budget: its energy may be up to 3.1 % above the best',
    ]);
  });

  it('repeats the nest for several groups', () => {
    expect(layerRun(WORKLOAD, nest, 3)).toMatchObject({
      macs: 30,
      cycles: 12,
      utilization: 0.5,
      actions: [{ component: 'mac', action: 'compute', count: 30 }],
      notes: ['3 groups, one after the other'],
    });
  });
});
