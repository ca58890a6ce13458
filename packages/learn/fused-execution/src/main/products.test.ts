import { planModel } from '@archon-dse/tensor';
import { describe, expect, it } from 'vitest';
import { findFusedBlocks } from '../block/fused-block.js';
import { bottleneck, networkOf, shuffledBottleneck } from '../test-fixtures.js';
import { fuseBlock } from './fuse-block.js';
import { mostWeights, type Affines, type Kernels } from './products.js';

const RELUS = new Set(['b1.expand.relu', 'b1.depthwise.relu', 'b1.project.relu']);
const affine = (scale: number[], offset: number[]) => ({
  scale: Float64Array.from(scale),
  offset: Float64Array.from(offset),
});

/** Fused weights of one tap: `[output, input, [unit, product], ...]`. */
function rowsOf({ products }: ReturnType<typeof fuseBlock>, tap: number) {
  const { units, tapStart, to, from, start, weight, value } = products;
  const terms = Array.from({ length: units }, (_, unit) => unit).flatMap((unit) => {
    const [first, end] = [start[tap * units + unit]!, start[tap * units + unit + 1]!];
    return Array.from({ length: end - first }, (_, i) => ({
      unit,
      weight: weight[first + i],
      value: value[first + i],
    }));
  });
  return Array.from({ length: tapStart[tap + 1]! - tapStart[tap]! }, (_, i) => tapStart[tap]! + i).map((f) => [
    to[f],
    from[f],
    ...terms.filter((term) => term.weight === f).map((term) => [term.unit, term.value]),
  ]);
}

describe('products of a block', () => {
  it('worked by hand: one channel in, two inside, one out, 3x3', () => {
    const network = networkOf([3, 3, 1], (net, x) => bottleneck(net, 'b1', x, { mid: 2, out: 1 }));
    const plan = planModel({ network, batch: 1 });
    const [block] = findFusedBlocks(plan, RELUS);
    const depthwise = new Float32Array(18);
    depthwise.set([5, 7], 0); // tap 0 of both units
    depthwise.set([0, 11], 8); // tap 4
    const kernels: Kernels = [Float32Array.of(2, 3), depthwise, Float32Array.of(13, 17)];
    const affines: Affines = [affine([1, 10], [0.5, 0]), affine([1, 1], [1, 2]), affine([2], [4])];
    const main = fuseBlock(block!, [3, 3, 1], kernels, affines);
    // 13 * 2 * 5 * 2 and 17 * 2 * 7 * 30; the offset 0.5 of unit 0 comes through 13 * 2 * 5
    expect(rowsOf(main, 0)).toEqual([
      [0, 0, [0, 260], [1, 7140]],
      [0, 1, [0, 65]],
    ]);
    expect(rowsOf(main, 4)).toEqual([[0, 0, [1, 17 * 2 * 11 * 30]]]);
    expect(rowsOf(main, 8)).toEqual([]);
    expect(main.offsets).toMatchObject({
      last: Float64Array.of(4),
      middle: Int32Array.of(0, 1),
      value: Float64Array.of(26, 68),
    });
  });

  it('worked by hand: pointwise twice with groups of two and a shuffle, then depthwise', () => {
    const network = networkOf([3, 3, 2], (net, x) => shuffledBottleneck(net, 'b1', x, { mid: 4, out: 2, groups: 2 }));
    const plan = planModel({ network, batch: 1 });
    const [block] = findFusedBlocks(plan, RELUS);
    // Channels 0, 1 read input 0 and 2, 3 input 1; the shuffle gives 0, 2, 1, 3, of which output 0 reads the first two.
    const first = Float32Array.of(2, 3, 5, 7);
    const second = Float32Array.of(11, 17, 13, 19);
    const depthwise = new Float32Array(18);
    depthwise.set([1, 100], 6); // tap 3
    const same = (count: number) => affine(Array<number>(count).fill(1), Array<number>(count).fill(0));
    const main = fuseBlock(block!, [3, 3, 2], [first, second, depthwise], [same(4), same(2), same(2)]);
    expect(rowsOf(main, 3)).toEqual([
      [0, 0, [0, 22]],
      [0, 1, [1, 65]],
      [1, 0, [2, 5100]],
      [1, 1, [3, 13300]],
    ]);
    expect(Array.from(main.firstOf)).toEqual([0, 2, 1, 3]);
  });

  it('finds no block where a value inside is read twice, or a gate is missing', () => {
    const twice = networkOf([3, 3, 2], (net, x) => {
      const first = net.relu(net.batchNorm(net.conv('b1.expand', x, { filters: 4, role: 'expand' })));
      const second = net.relu(net.batchNorm(net.depthwise('b1.depthwise', first, { kernel: 3 })));
      const last = net.conv('b1.project', second, { filters: 4, role: 'project' });
      return net.add('join', last, first);
    });
    const plan = planModel({ network: twice, batch: 1 });
    expect(findFusedBlocks(plan, RELUS)).toEqual([]);
    const good = planModel({
      network: networkOf([3, 3, 1], (net, x) => bottleneck(net, 'b1', x, { mid: 2, out: 1 })),
      batch: 1,
    });
    expect(findFusedBlocks(good, new Set(['b1.expand.relu']))).toEqual([]);
    expect(findFusedBlocks(good, RELUS)).toMatchObject([{ name: 'b1', input: 'input', output: 'b1.project.bn' }]);
  });
});

describe('mostWeights', () => {
  it('looks at every tap', () => {
    expect(mostWeights({ tapStart: Int32Array.of(0, 2, 7, 7, 10) })).toBe(5);
    expect(mostWeights({ tapStart: Int32Array.of(0, 4, 5) })).toBe(4);
    expect(mostWeights({ tapStart: Int32Array.of(0) })).toBe(0);
  });
});
