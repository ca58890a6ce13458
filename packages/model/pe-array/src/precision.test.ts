import { defaultsOf, type LayerRun, type NumberFormat, type Workload } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { publishedPrices } from '../../../../test/published-prices.js';
import { arrayArchitecture } from './architecture.js';
import { PUBLISHED_DENSE_ARRAY } from './array-options.js';
import {
  chargeOperands,
  layerWords,
  narrowArchitecture,
  precisionSupport,
  PRECISION_OPTIONS,
  type PrecisionMode,
} from './precision.js';

const prices = publishedPrices();
const whole = arrayArchitecture(PUBLISHED_DENSE_ARRAY, prices);
const workload = (weights: NumberFormat, inputs = weights, outputs = inputs) =>
  ({ precision: { weights, inputs, outputs } }) as Workload;
const words = (of: Workload, precision: PrecisionMode) => layerWords(of, { dataBits: 16, precision });
const narrow = (of: Workload, precision: PrecisionMode) => narrowArchitecture(whole, words(of, precision), prices);

describe('narrowArchitecture', () => {
  it('is the very same for words of the hardware, whatever the mode', () => {
    for (const mode of ['fixed', 'scaled'] as const) {
      expect(narrow({} as Workload, mode)).toBe(whole);
      expect(narrow(workload('int16'), mode)).toBe(whole);
    }
    expect(defaultsOf(PRECISION_OPTIONS)).toEqual({ precision: 'fixed' });
  });

  /** A row of 64 bit has 4 words of 16 bit: 8 of 8, 16 of 4, 12 of 5 (4 bit are left over), 5 of 12. */
  it.each([
    ['int8', 2],
    ['int4', 4],
    ['int5', 3],
    ['int12', 1.25],
  ] as const)('packs %s into rows of DRAM and of the global buffer', (format, packing) => {
    const { levels, completePacking, macEnergyPj } = narrow(workload(format), 'fixed');
    const packings = levels.map((level) => level.packing);
    const both = { Weights: packing, Inputs: packing };
    expect(packings).toEqual([both, both, undefined, undefined, undefined, undefined]);
    expect(completePacking).toBe(packing);
    expect(macEnergyPj).toBe(whole.macEnergyPj);
  });

  it('packs scratchpads where PEs are scaled, but partial sums nowhere', () => {
    const { levels } = narrow(workload('int4', 'int8'), 'scaled');
    expect(levels.map((level) => level.packing)).toEqual([
      ...[{ Weights: 4, Inputs: 2 }, { Weights: 4, Inputs: 2 }, undefined],
      ...[
        { Weights: 4, Inputs: 2 },
        { Weights: 4, Inputs: 2 },
        { Weights: 4, Inputs: 2 },
      ],
    ]);
    expect(levels.every(({ packing }) => packing?.Outputs === undefined)).toBe(true);
  });

  /**
   * By hand, at 45 nm and 5 ns: the multiplier of 32 bit takes 8.63 pJ, so one bit product 8.63 / 32^2 = 0.00842773 pJ; the adder of 32 bit
   * takes 0.0857 pJ, so one of 16 bit 0.04285, printed as 0.043.
   */
  it.each([
    ['int8', 'int8', 64 * (8.63 / 1024) + 0.043],
    ['int8', 'int4', 32 * (8.63 / 1024) + 0.043],
    ['int4', 'int16', 64 * (8.63 / 1024) + 0.043],
    ['int1', 'int8', 8 * (8.63 / 1024) + 0.043],
  ] as const)('prices a multiplication of %s by %s by its bit products', (weights, inputs, pj) => {
    expect(narrow(workload(weights, inputs), 'scaled').macEnergyPj).toBeCloseTo(pj, 12);
  });

  it('never spends more on fewer bits', () => {
    const energies = Array.from({ length: 16 }, (_, bits) => narrow(workload(`int${bits + 1}`), 'scaled').macEnergyPj);
    expect([...energies].sort((a, b) => a - b)).toEqual(energies);
    expect(energies.at(-1)).toBe(2.2);
  });
});

describe('chargeOperands', () => {
  const run = {
    actions: [
      { component: 'mac', action: 'compute', count: 10 },
      { component: 'DRAM', action: 'access', count: 3 },
    ],
  } as unknown as LayerRun;

  it('counts bit products and additions where multipliers are scaled', () => {
    expect(chargeOperands(run, words(workload('int8', 'int4'), 'scaled'))).toEqual({
      actions: [
        { component: 'mac', action: 'bitProduct', count: 10 * 8 * 4 },
        { component: 'mac', action: 'accumulate', count: 10 },
        { component: 'DRAM', action: 'access', count: 3 },
      ],
      notes: ['weights of 8, inputs of 4, outputs of 4 bit share rows of 64 bit; multipliers work at 8 x 4 bit'],
    });
  });

  it('leaves multiplications of the hardware as they are, and says so', () => {
    const { actions, notes } = chargeOperands(run, words(workload('int8'), 'fixed'));
    expect(actions).toEqual(run.actions);
    expect(notes).toEqual(['weights of 8, inputs of 8, outputs of 8 bit share rows of 64 bit; PEs work at 16 bit']);
    expect(chargeOperands(run, words(workload('int16'), 'scaled'))).toBe(run);
  });
});

describe('precisionSupport', () => {
  it('refuses what is wider than the words of the hardware', () => {
    expect(precisionSupport(workload('int8'), 8)).toEqual({ ok: true });
    expect(precisionSupport({} as Workload, 8)).toEqual({ ok: true });
    expect(precisionSupport(workload('int4', 'int16'), 8)).toEqual({
      ...{ ok: false, reason: 'its inputs are int16, and the words of the array have 8 bit; set dataBits' },
    });
  });
});
