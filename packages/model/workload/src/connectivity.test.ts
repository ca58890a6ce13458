import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetworkBuilder } from './builder/index.js';
import { connectedPairs } from './connectivity.js';
import { inferShapes } from './shapes.js';

/** Two grouped pointwise convolutions with a depthwise, and perhaps a shuffle, between them. */
function chain(channels: number, mid: number, out: number, groups: number, shuffle?: number) {
  const net = new NetworkBuilder({ id: 't/n', input: [4, 4, channels], classes: 1 });
  let x = net.relu(net.batchNorm(net.conv('a', net.input, { filters: mid, groups, role: 'expand' })));
  if (shuffle !== undefined) x = net.channelShuffle(x, shuffle);
  net.conv('c', net.depthwise('b', x, { kernel: 3 }), { filters: out, groups, role: 'project' });
  return inferShapes(net.build()).slice(1);
}

describe('connectedPairs', () => {
  it.each([
    ['no groups connect every pair', chain(4, 8, 6, 1), 24],
    ['groups never mix without a shuffle', chain(6, 12, 9, 3), 18],
    ['a shuffle by the groups mixes all of them', chain(6, 18, 9, 3, 3), 54],
    // Inner channels per group: 2 of 6. The shuffle gives each second group one channel of two of the three groups.
    ['a shuffle of too few channels mixes some', chain(6, 6, 9, 3, 3), 36],
  ])('%s', (_, layers, pairs) => {
    expect(connectedPairs(layers)).toBe(pairs);
  });

  it('agrees with following every path from an input to an output', () => {
    const small = fc.integer({ min: 1, max: 3 });
    const sizes = fc.record({ groups: small, channels: small, mid: small, out: small, shuffle: fc.boolean() });
    fc.assert(
      fc.property(sizes, ({ groups, channels, mid, out, shuffle }) => {
        const layers = chain(groups * channels, groups * mid, groups * out, groups, shuffle ? groups : undefined);
        const paths = new Set<string>();
        for (let inner = 0; inner < groups * mid; inner += 1) {
          // Channel `group * mid + c` moves to `c * groups + group`.
          const moved = shuffle ? (inner % mid) * groups + Math.floor(inner / mid) : inner;
          const [before, after] = [Math.floor(inner / mid), Math.floor(moved / mid)];
          for (let c = 0; c < channels; c += 1)
            for (let m = 0; m < out; m += 1) paths.add(`${before * channels + c},${after * out + m}`);
        }
        expect(connectedPairs(layers)).toBe(paths.size);
      }),
    );
  });
});
