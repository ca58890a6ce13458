import { ARCHITECTURES } from '@archon-dse/architecture';
import type { JsonValue, LayerRun, Options, Workload } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { describeAcceleratorContract, SAMPLE_WORKLOADS } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../test/diagnostics.js';
import plugin from './index.js';
import { spatial } from './spatial.js';

const NAMES = Object.keys(ARCHITECTURES);
const named = (name: string): JsonValue => ARCHITECTURES[name] ?? null;

describeAcceleratorContract(
  plugin,
  { describe, it, expect },
  { price: priceComponents, cases: NAMES.map((name) => ({ architecture: named(name) })) },
);

function run(workload: Workload, options: Options): LayerRun {
  const array = spatial.create(options);
  const prices = priceComponents(array.components());
  const result = array.run({ workloads: [workload], prices, cache: new Map(), seed: 0 });
  return result.layers[0]!;
}

/** Four PEs along the rows of the outputs, each with a window of its own, below a buffer for inputs. */
const IN_ROWS = {
  name: 'rows',
  levels: [
    {
      name: 'dram',
      keeps: ['Weights', 'Inputs', 'Outputs'],
      rowBits: 16,
      class: 'dram',
      attributes: { type: 'LPDDR4' },
    },
    { name: 'buffer', keeps: ['Inputs'], sizeWords: 16, rowBits: 16, class: 'regfile', meshX: 4 },
    { name: 'pe', keeps: ['Weights', 'Inputs', 'Outputs'], sizeWords: 16, rowBits: 16, class: 'regfile' },
  ],
  mapspace: {
    dram: { dims: ['C', 'M', 'S', 'Q', 'N', 'G'] },
    buffer: { dims: [], spatialX: { factors: { P: 4 } } },
    pe: { dims: ['P', 'R'] },
  },
};
const ROWS = { C: 1, M: 1, R: 3, S: 1, P: 8, Q: 1, N: 1, strideP: 1, strideQ: 1 };

const sample = (name: string): Workload => SAMPLE_WORKLOADS.find((one) => one.name === name)!;

/** A plane of 9 x 9, which no mesh of 8 x 8 divides. */
const ODD: Workload = {
  ...sample('expand'),
  problem: { ...sample('expand').problem, P: 9, Q: 9 },
  macs: 8 * 24 * 81,
};

const onShiDianNao = (factors: string): Options => ({
  architecture: { ...(named('shidiannao') as object), model: { semantics: 'exact', factors } },
});

describe('spatial', () => {
  it('spreads the channels of a depthwise layer as groups', () => {
    const layer = run(sample('depthwise'), { architecture: named('eyeriss') });
    expect(layer.mapping).toMatch(/ G\d+X/);
    expect(layer.macs).toBe(24 * 9 * 16);
    expect(layer.notes?.join()).not.toContain('one after the other');
  });

  it.each([
    ['tpu-v1', 65_536],
    ['nvdla', 2048],
    ['diannao', 256],
  ])(
    '%s adds up input channels for outputs, so it computes one channel of a depthwise layer at a time',
    (name, pes) => {
      const layer = run(sample('depthwise'), { architecture: named(name) });
      expect(layer.notes).toEqual([`1 of ${pes} PEs work`, '24 channels, one after the other']);
    },
  );

  it('maps for what it is asked', () => {
    const energyOf = (objective: string): number => {
      const options = { architecture: named('simba'), objective };
      const prices = priceComponents(spatial.create(options).components());
      const { actions } = run(sample('stem'), options);
      return actions.reduce((sum, { component, action, count }) => {
        return sum + count * (prices.ert[component]?.[action]?.value ?? NaN);
      }, 0);
    };
    expect(energyOf('energy-then-cycles')).toBeLessThan(energyOf('cycles-then-energy'));
  });

  it('chooses what a level holds, and where in the loop order, where it may', () => {
    const withChoice = (changes: object): LayerRun => {
      const architecture = named('nvdla') as { mapspace: Record<string, object> };
      const mapspace = { ...architecture.mapspace, cbuf: { ...architecture.mapspace['cbuf'], ...changes } };
      return run(sample('stem'), { architecture: { ...architecture, mapspace } });
    };
    expect(withChoice({ mayBypass: ['Weights', 'Inputs'] }).mapping).toContain('cbuf');
    const uneven = withChoice({ mayBeUneven: true });
    expect(uneven.cycles).toBeLessThanOrEqual(withChoice({}).cycles);
    expect(new Set(uneven.actions.map(({ component }) => component))).toEqual(
      new Set(['DRAM', 'cbuf', 'cacc', 'cell', 'mac']),
    );
  });

  it('fills meshes of any size where factors may leave remainders', () => {
    expect(run(sample('expand'), onShiDianNao('remainders')).cycles).toBe(
      run(sample('expand'), onShiDianNao('exact')).cycles,
    );
    expect(run(ODD, onShiDianNao('exact')).cycles).toBe(8 * 24 * 9); // 3 x 3 blocks of 3 x 3 outputs
    const filled = run(ODD, onShiDianNao('remainders'));
    expect(filled.cycles).toBe(8 * 24 * 4); // 2 x 2 blocks of up to 8 x 8
    expect(filled.macs).toBe(ODD.macs);
    expect(filled.notes).toEqual(['20.2 of 64 PEs work on average']); // 81 outputs in 4 blocks
  });

  it.each([0, 300])('explains the mapping it runs with remainders, within a budget of %i', (mapperBudget) => {
    const array = spatial.create({ ...onShiDianNao('remainders'), mapperBudget });
    const prices = priceComponents(array.components());
    const input = { workloads: [ODD], prices, cache: new Map<string, JsonValue>(), seed: 0 };
    const [layer] = array.run(input).layers;
    const [told] = array.explain(input);
    const isStopped = layer?.notes?.some((note) => note.startsWith('the mapper stopped at its budget: its '));
    expect(isStopped).toBe(mapperBudget > 0);
    expect(told?.limits?.[0]).toEqual({ resource: 'compute', cycles: layer?.cycles });
    expect(told?.losses).toContainEqual(expect.objectContaining({ cause: 'remainders' }));
    const lost = told?.losses?.reduce((sum, { share }) => sum + share, 0);
    expect(lost).toBeCloseTo(1 - layer!.utilization, 12);
  });

  it('reads what the windows of neighbours have in common once, where the file says so', () => {
    // 4 PEs along P make 2 rows of outputs each, from 4 rows of inputs of which neighbours have 2 in common: 10 rows in all.
    const rows: Workload = { ...sample('stem'), problem: ROWS, groups: 1, macs: 24 };
    const accessesOf = (haloSharing: boolean): number => {
      const architecture = { ...IN_ROWS, model: { semantics: 'exact', haloSharing } };
      const { actions } = run(rows, { architecture });
      return actions.find(({ component, dataSpace }) => component === 'buffer' && dataSpace === 'Inputs')?.count ?? NaN;
    };
    const filled = 10;
    expect(accessesOf(false)).toBe(filled + 4 * 4);
    expect(accessesOf(true)).toBe(filled + 10);
  });

  it('counts start-up and leakage where the file says so', () => {
    const withModel = (model: Options): LayerRun => {
      return run(sample('project'), { architecture: { ...(named('eyeriss') as object), model } });
    };
    const plain = withModel({});
    expect(withModel({ startUp: true }).cycles).toBeGreaterThan(plain.cycles);
    const leaking = withModel({ leakage: true });
    expect(leaking.cycles).toBe(plain.cycles);
    const idle = leaking.actions.filter(({ action }) => action === 'idle');
    expect(idle.find(({ component }) => component === 'shared_glb')?.count).toBe(plain.cycles);
    expect(idle.find(({ component }) => component === 'psum_spad')?.count).toBe(168 * plain.cycles);
  });

  it('refuses values wider than its words, and packs narrow ones', () => {
    const precise = (bits: number): Workload => ({
      ...sample('project'),
      precision: { weights: `int${bits}` as 'int8' },
    });
    const array = spatial.create({ architecture: named('eyeriss') });
    expect(array.supports(precise(32))).toMatchObject({ ok: false, reason: expect.stringContaining('set wordBits') });
    const weights = (layer: LayerRun): number =>
      layer.actions.find(({ component, dataSpace }) => component === 'DRAM' && dataSpace === 'Weights')?.count ?? 0;
    const narrow = run(precise(8), { architecture: named('eyeriss') });
    expect(weights(narrow)).toBe(weights(run(sample('project'), { architecture: named('eyeriss') })) / 2);
    expect(narrow.notes).toContainEqual(expect.stringMatching('weights of 8, inputs of 16'));
  });

  it('says why a layer cannot be mapped', () => {
    const architecture = { ...(named('shidiannao') as object) } as { levels: { name: string }[] };
    const levels = architecture.levels.map((level) => (level.name === 'SB' ? { ...level, sizeKib: 1 } : level));
    const wide = { ...sample('stem'), problem: { ...sample('stem').problem, R: 32, S: 32 } };
    expect(spatial.create({ architecture: { ...architecture, levels } }).supports(wide)).toEqual({
      ok: false,
      reason: 'SB holds 512 words; the smallest tiles the constraints bring it take 1024',
    });
  });

  it('refuses an architecture by the path of what is wrong', () => {
    const architecture = { ...(named('eyeriss') as object), mapspace: { shared_gbl: {} } };
    expect(diagnosticsOf(() => spatial.create({ architecture }))).toMatchObject([
      {
        code: 'ARCHON_BAD_OPTION',
        path: 'options.architecture.mapspace.shared_gbl',
        hint: 'Did you mean "shared_glb"?',
      },
    ]);
  });
});
