import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeNetwork } from './analysis.js';
import { NetworkBuilder } from './builder/index.js';
import { samePadding } from './operations/window.js';

/** A convolution of random size: channels per group on both sides, plane, kernel and stride. */
const convs = fc.record({
  groups: fc.integer({ min: 1, max: 3 }),
  inPerGroup: fc.integer({ min: 1, max: 3 }),
  outPerGroup: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 1, max: 7 }),
  width: fc.integer({ min: 1, max: 7 }),
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 3 }),
  bias: fc.boolean(),
});

/** Cells at which a window starts along one dimension: it slides by the stride while it stays on the padded cells. */
function* windowStarts(size: number, kernel: number, stride: number): Generator<number> {
  const [before, after] = samePadding(size, kernel, stride);
  for (let start = -before; start + kernel <= size + after; start += stride) yield start;
}

/** All pairs of two index ranges. */
function pairs(rows: Iterable<number>, columns: Iterable<number>): [number, number][] {
  const all = [...columns];
  return [...rows].flatMap((row) => all.map((column): [number, number] => [row, column]));
}

const range = (end: number): number[] => Array.from({ length: end }, (_, index) => index);

describe('describeNetwork', () => {
  it('counts the MACs and parameters of a convolution as its loops run', () => {
    fc.assert(
      fc.property(convs, ({ groups, inPerGroup, outPerGroup, height, width, kernel, stride, bias }) => {
        const weights = new Set<string>();
        let macs = 0;
        const windows = pairs(windowStarts(height, kernel, stride), windowStarts(width, kernel, stride));
        for (let window = 0; window < windows.length; window += 1)
          for (const [filter, channel] of pairs(range(groups * outPerGroup), range(inPerGroup)))
            for (const cell of pairs(range(kernel), range(kernel))) {
              macs += 1;
              weights.add([filter, channel, ...cell].join());
            }
        const net = new NetworkBuilder({ id: 't/n', input: [height, width, groups * inPerGroup], classes: 1 });
        net.conv('a', net.input, { filters: groups * outPerGroup, role: 'stem', kernel, stride, groups, bias });
        const found = describeNetwork(net.build());
        const parameters = weights.size + (bias ? groups * outPerGroup : 0);
        expect(found).toMatchObject({ macs, parameters, trainableParameters: parameters });
      }),
    );
  });

  it('describes every layer as the command line prints it', () => {
    const net = new NetworkBuilder({ id: 't/n', input: [8, 8, 3], classes: 10 });
    let x = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: 6, kernel: 3, stride: 2, role: 'stem' })));
    net.block('b0');
    x = net.batchNorm(net.depthwise('b0.depthwise', x, { kernel: 5 }));
    x = net.squeezeExcite('b0.se', net.channelShuffle(x, 3), 2);
    x = net.maxPool('b0.pool', x, { size: 2, stride: 2 });
    net.block('tail');
    net.softmax(net.dense('fc', net.globalAveragePool('pool', x), 10));
    const { layers, ...totals } = describeNetwork(net.build());

    const stem = 3 * 3 * 3 * 6;
    const depthwise = 5 * 5 * 6;
    const squeeze = 6 * 2 + 2 + (2 * 6 + 6);
    expect(totals).toEqual({
      parameters: stem + 4 * 6 + depthwise + 4 * 6 + squeeze + 70,
      trainableParameters: stem + 2 * 6 + depthwise + 2 * 6 + squeeze + 70,
      macs: 16 * stem + 16 * depthwise + 24 + 60,
    });
    expect(layers.map((layer) => layer.name)).toEqual([
      'input',
      'stem',
      'stem.bn',
      'stem.relu',
      'b0.depthwise',
      'b0.depthwise.bn',
      'b0.depthwise.shuffle',
      'b0.se.pool',
      'b0.se.reduce',
      'b0.se.reduce.relu',
      'b0.se.expand',
      'b0.se.expand.sigmoid',
      'b0.se',
      'b0.pool',
      'pool',
      'fc',
      'fc.softmax',
    ]);
    const find = (name: string) => layers.find((layer) => layer.name === name);
    expect(find('stem')).toEqual({
      name: 'stem',
      op: 'conv',
      block: 'head',
      role: 'stem',
      in: [8, 8, 3],
      out: [4, 4, 6],
      kernel: 3,
      stride: 2,
      groups: 1,
      parameters: stem,
      macs: 16 * stem,
    });
    expect(find('b0.depthwise')).toMatchObject({ block: 'b0', role: 'depthwise', kernel: 5, stride: 1, groups: 6 });
    expect(find('b0.depthwise.shuffle')).toMatchObject({
      kernel: null,
      stride: null,
      groups: 3,
      parameters: 0,
      macs: 0,
    });
    expect(find('b0.pool')).toMatchObject({ kernel: 2, stride: 2, groups: null, in: [4, 4, 6], out: [2, 2, 6] });
    expect(find('stem.bn')).toMatchObject({ kernel: null, stride: null, groups: null, parameters: 24, macs: 0 });
    expect(find('fc')).toMatchObject({ block: 'tail', role: 'classifier', parameters: 70, macs: 60, kernel: null });
    expect(layers.filter((layer) => layer.role === 'squeeze')).toHaveLength(6);
  });
});
