import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeNetwork } from './analysis.js';
import { NetworkBuilder } from './builder/index.js';
import { lowerToWorkloads, type LayerFindings } from './lower.js';
import { packMask, type WeightMask } from '@archon-dse/core';

function sample() {
  const net = new NetworkBuilder({ id: 't/n', input: [8, 9, 4], classes: 10 });
  const stem = net.relu(
    net.conv('stem', net.input, { filters: 6, kernel: 3, stride: 2, groups: 2, role: 'stem', bias: true }),
  );
  const spatial = net.batchNorm(net.depthwise('dw', stem, { kernel: 5, stride: 2 }));
  const gated = net.squeezeExcite('se', spatial, 3);
  net.softmax(net.dense('fc', net.globalAveragePool('pool', gated), 10));
  return net.build();
}

/** Names that every object has. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype);

describe('layers called like what every object has', () => {
  const called = (name: string) => {
    const net = new NetworkBuilder({ id: 't/n', input: [8, 8, 4], classes: 10 });
    const first = net.conv(name, net.input, { filters: 6, kernel: 3, stride: 2, role: 'stem' });
    net.softmax(net.dense('fc', net.globalAveragePool('pool', first), 10));
    return net.build();
  };

  it.each(INHERITED.filter((name) => name !== '__proto__'))(
    '%s are layers like others, dense unless somebody says',
    (name) => {
      const renamed = (density?: number) => {
        const of = (layer: string) =>
          density === undefined ? {} : Object.fromEntries([[layer, { weights: density }]]);
        const plain = lowerToWorkloads(called('stem'), of('stem'));
        const odd = lowerToWorkloads(called(name), of(name));
        expect(odd).toEqual(plain.map((one) => ({ ...one, name: one.name === 'stem' ? name : one.name })));
      };
      renamed();
      renamed(0.25);
    },
  );

  it.each(['__proto__', ''])('%j are refused', (name) => {
    expect(() => lowerToWorkloads(called(name))).toThrow('no layer can be called so');
  });
});

describe('lowerToWorkloads', () => {
  it('gives the problem of one group for each layer with weights', () => {
    const unit = { P: 1, Q: 1, R: 1, S: 1, N: 1, strideP: 1, strideQ: 1 };
    const window = { N: 1, strideP: 2, strideQ: 2 };
    expect(lowerToWorkloads(sample(), { densities: { dw: { weights: 0.3 } } })).toEqual([
      {
        name: 'stem',
        block: 'head',
        role: 'stem',
        op: 'conv',
        problem: { C: 2, M: 3, R: 3, S: 3, P: 4, Q: 5, ...window },
        groups: 2,
        macs: 2 * 2 * 3 * 9 * 20,
      },
      {
        name: 'dw',
        block: 'head',
        role: 'depthwise',
        op: 'depthwise',
        problem: { C: 1, M: 1, R: 5, S: 5, P: 2, Q: 3, ...window },
        groups: 6,
        macs: 6 * 25 * 6,
        density: { weights: 0.3 },
      },
      {
        name: 'se.reduce',
        block: 'head',
        role: 'squeeze',
        op: 'conv',
        problem: { C: 6, M: 3, ...unit },
        groups: 1,
        macs: 18,
      },
      {
        name: 'se.expand',
        block: 'head',
        role: 'squeeze',
        op: 'conv',
        problem: { C: 3, M: 6, ...unit },
        groups: 1,
        macs: 18,
      },
      {
        name: 'fc',
        block: 'head',
        role: 'classifier',
        op: 'dense',
        problem: { C: 6, M: 10, ...unit },
        groups: 1,
        macs: 60,
      },
    ]);
  });

  it('refuses a density for a layer that is not there', () => {
    expect(() => lowerToWorkloads(sample(), { densities: { 'b1.expand': { weights: 0.2 } } })).toThrow(
      /"b1.expand".*"t\/n"/,
    );
  });

  it.each([1.2, -0.1, Number.NaN])('refuses a density of %d', (weights) => {
    expect(() => lowerToWorkloads(sample(), { densities: { dw: { weights } } })).toThrow(
      `the density of the weights of layer "dw" is ${weights}`,
    );
  });

  it('hands the mask of a layer on', () => {
    const mask = packMask([6, 1, 5, 5], new Uint8Array(150).fill(1, 0, 40));
    const masked = lowerToWorkloads(sample(), { masks: { dw: mask } }).filter(
      ({ weightMask }) => weightMask !== undefined,
    );
    expect(masked).toMatchObject([{ name: 'dw', weightMask: mask }]);
  });

  it('refuses a mask of other weights than the layer has', () => {
    const stem = packMask([6, 2, 3, 3], new Uint8Array(108));
    const refused = (masks: Readonly<Record<string, WeightMask>>) => () => lowerToWorkloads(sample(), { masks });
    expect(refused({ stem })).not.toThrow();
    expect(refused({ stem: { ...stem, shape: [6, 4, 3, 3] } })).toThrow('the mask of layer "stem" is 6 x 4 x 3 x 3');
    expect(refused({ stem: { ...stem, bits: 'ff' } })).toThrow('is no mask of 6 x 2 x 3 x 3 weights');
    expect(refused({ 'b1.expand': stem })).toThrow(/"b1.expand".*"t\/n"/);
  });

  it('hands the formats of a layer on', () => {
    const precision = { weights: 'int4', inputs: 'int8' } as const;
    const formatted = lowerToWorkloads(sample(), { precisions: { dw: precision } });
    expect(formatted.flatMap((one) => (one.precision === undefined ? [] : [[one.name, one.precision]]))).toEqual([
      ['dw', precision],
    ]);
  });

  it('refuses formats there are none of', () => {
    const refused = (precisions: object) => () => lowerToWorkloads(sample(), { precisions } as LayerFindings);
    expect(refused({ dw: { weights: 'int0' } })).toThrow('"int0" is no number format');
    expect(refused({ dw: { weight: 'int8' } })).toThrow('a precision of the "weight" of layer "dw" is given');
    expect(refused({ 'b1.expand': { weights: 'int8' } })).toThrow('a precision is given for "b1.expand"');
  });

  it('preserves MACs', () => {
    const small = fc.integer({ min: 1, max: 8 });
    const sizes = fc.record({
      groups: small,
      channels: small,
      filters: small,
      plane: small,
      kernel: small,
      stride: small,
    });
    fc.assert(
      fc.property(sizes, ({ groups, channels, filters, plane, kernel, stride }) => {
        const net = new NetworkBuilder({ id: 't/n', input: [plane, plane, groups * channels], classes: 1 });
        const role = 'stem';
        const conv = net.conv('conv', net.input, { filters: groups * filters, kernel, stride, groups, role });
        const depthwise = net.depthwise('dw', conv, { kernel, stride });
        net.dense('fc', net.globalAveragePool('pool', net.squeezeExcite('se', depthwise, filters)), 7);
        const network = net.build();
        const workloads = lowerToWorkloads(network);
        const counted = workloads.map(
          ({ problem: { C, M, R, S, P, Q, N }, groups: g }) => C * M * R * S * P * Q * N * g,
        );
        expect(workloads.map((workload) => workload.macs)).toEqual(counted);
        expect(counted.reduce((a, b) => a + b, 0)).toBe(describeNetwork(network).macs);
      }),
    );
  });
});
