import { describe, expect, it } from 'vitest';
import { type Comparison, relativeError } from './comparison.js';
import { macsOf } from './conv-shape.js';
import { EYERISS_ALEXNET, EYERISS_VGG16 } from './data/eyeriss-chip.js';
import { validateModels } from './validate-models.js';

const comparisons = validateModels();

function errors(title: string, quantity: string): Readonly<Record<string, number>> {
  const comparison = comparisons.find((candidate: Comparison) => candidate.title === title);
  const rows = comparison?.layers.map(({ layer, figures }) => {
    const figure = figures.find((candidate) => candidate.quantity === quantity)!;
    return [layer, relativeError(figure)];
  });
  return Object.fromEntries(rows ?? []);
}

describe('the data', () => {
  it('has the published multiply-accumulates of AlexNet', () => {
    const millions = EYERISS_ALEXNET.map(({ shape }) => macsOf(shape) / 1e6);
    for (const [index, published] of [421.66, 895.79, 598.1, 448.6, 299.0].entries()) {
      expect(Math.abs(millions[index]! - published)).toBeLessThan(0.06);
    }
  });

  it('adds up to the published sums of VGG-16, to their rounding', () => {
    const sum = (value: (layer: (typeof EYERISS_VGG16)[number]) => number): number =>
      EYERISS_VGG16.reduce((total, layer) => total + value(layer), 0);
    expect(sum(({ processingMs }) => processingMs)).toBeCloseTo(3755.2, 0);
    expect(sum(({ glbMb }) => glbMb)).toBeCloseTo(11035.8, 0);
    expect(sum(({ dramMb }) => dramMb)).toBeCloseTo(321.1, 0);
  });
});

describe('the models', () => {
  it('take the time of AlexNet within 6 % from the constraints of the chip alone, and use its PEs', () => {
    const title = 'Eyeriss chip, AlexNet, by its own dataflow';
    const times = Object.values(errors(title, 'time, ms')).map(Math.abs);
    expect(Math.max(...times)).toBeLessThan(0.06);
    expect(times.reduce((sum, error) => sum + error, 0) / times.length).toBeLessThan(0.04);
    expect(new Set(Object.values(errors(title, 'active PEs')))).toEqual(new Set([0]));
  });

  it('take the time of VGG-16 within 5 % in the mappings its accesses point to, and no less than a third from constraints alone', () => {
    const inferred = errors('Eyeriss chip, VGG-16, in the mappings its accesses point to', 'time, ms');
    expect(Math.max(...Object.values(inferred).map(Math.abs))).toBeLessThan(0.05);
    const byRule = Object.values(errors('Eyeriss chip, VGG-16, by its own dataflow', 'time, ms')).map(Math.abs);
    expect(byRule.reduce((sum, error) => sum + error, 0) / byRule.length).toBeGreaterThan(1 / 3);
  });

  it('occupy the PEs the chip occupies in its own mappings, but for the padded one', () => {
    const { CONV2, ...others } = errors('Eyeriss chip, AlexNet, in the mappings of the chip', 'active PEs');
    expect(others).toEqual({ CONV1: 0, CONV3: 0, CONV4: 0, CONV5: 0 });
    // 5 rows of 28 columns instead of 27.
    expect(CONV2).toBeCloseTo(28 / 27 - 1, 12);
  });

  it('take the time of the chip within 15 % in its own mappings', () => {
    const times = errors('Eyeriss chip, AlexNet, in the mappings of the chip', 'time, ms');
    expect(Math.max(...Object.values(times).map(Math.abs))).toBeLessThan(0.15);
  });

  it('take the time of VGG-16 within 3 % from measured accesses, but for the small last layers', () => {
    const times = Object.entries(errors('Eyeriss chip, VGG-16, time from measured accesses', 'time, ms'));
    const worst = (isLast: boolean): number =>
      Math.max(...times.filter(([layer]) => layer.startsWith('CONV5') === isLast).map(([, error]) => Math.abs(error)));
    expect(worst(false)).toBeLessThan(0.03);
    expect(worst(true)).toBeLessThan(0.15);
  });

  it("take Timeloop's cycles exactly", () => {
    const cycles = errors('Timeloop, Eyeriss of 168 PEs, dense AlexNet', 'cycles');
    expect(cycles).toEqual({ CONV1: 0, CONV2: 0, CONV3: 0, CONV4: 0, CONV5: 0 });
  });

  it('take the cycles of a sparse PE exactly by its real zeros, and 7 % fewer at most by densities', () => {
    const title = 'Eyeriss v2, one PE, sparse MobileNet';
    const exact = Object.values(errors(title, 'cycles, by real zeros'));
    expect(exact).toEqual(Array.from({ length: 8 }, () => 0));
    const values = Object.values(errors(title, 'cycles, by densities'));
    for (const error of values) expect(error).toBeLessThan(0);
    expect(Math.min(...values)).toBeGreaterThan(-0.07);
  });

  it("take Timeloop's energies in its mappings, but for multiplications it gates at no cost", () => {
    const title = 'Timeloop, Eyeriss of 168 PEs, gated AlexNet';
    for (const error of Object.values(errors(title, 'dense energy, uJ'))) expect(Math.abs(error)).toBeLessThan(1e-4);
    for (const error of Object.values(errors(title, 'gated energy, uJ'))) {
      expect(error).toBeGreaterThan(-1e-4);
      expect(error).toBeLessThan(0.025);
    }
  });

  it('halve the cycles of 2:4 weights, and of no others', () => {
    const title = 'Sparse tensor core, 2:4 weights';
    expect(new Set(Object.values(errors(title, 'cycles')))).toEqual(new Set([0]));
  });

  it('take the relative times of the dual-side core within 12 %, and of SCNN within 10 %', () => {
    const times = Object.values(errors('Dual-side sparse tensor core', 'time, dense = 1'));
    expect(times).toHaveLength(9);
    expect(Math.max(...times.map(Math.abs))).toBeLessThan(0.12);
    const products = Object.values(errors('Timeloop, dual-side sparse tensor core, ResNet-50', 'cycles')).map(Math.abs);
    expect(products).toHaveLength(12);
    expect(Math.max(...products)).toBeLessThan(0.16);
    expect(products.reduce((sum, error) => sum + error, 0) / products.length).toBeLessThan(0.06);
    const [speedup = 1] = Object.values(errors('SCNN, three pruned networks', 'speed-up'));
    expect(Math.abs(speedup)).toBeLessThan(0.1);
  });
});
