import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { NetworkBuilder } from '../builder/index.js';
import { lowerToWorkloads } from '../lower.js';
import { inferShapes } from '../shapes.js';

/** A network with one layer of each kind, as the builder makes it. */
function whole() {
  const net = new NetworkBuilder({ id: 'me/whole', input: [8, 8, 4], classes: 2 });
  let x = net.relu(net.batchNorm(net.conv('conv', net.input, { filters: 4, kernel: 3, role: 'conv', bias: true })));
  x = net.channelShuffle(net.depthwise('depthwise', x, { kernel: 3 }), 2);
  x = net.squeezeExcite(
    'se',
    net.maxPool('most', net.averagePool('mean', x, { size: 2, stride: 1 }), { size: 2, stride: 2 }),
    2,
  );
  x = net.concat('cat', net.add('sum', x, x), x);
  net.softmax(net.dense('fc', net.globalAveragePool('pool', x), 2));
  return net.build();
}

/** The whole network with one layer changed. */
const changed = (name: string, change: object) => {
  const network = whole();
  const layers = network.layers.map((layer) => (layer.name === name ? { ...layer, ...change } : layer));
  return { ...network, layers };
};

const refusalOf = (act: () => unknown): unknown => diagnosticsOf(act)[0];

describe('properties of layers in a graph', () => {
  it('takes those there are, and undefined ones as absent', () => {
    expect(() => inferShapes(whole())).not.toThrow();
    expect(() => inferShapes(changed('conv', { dilation: undefined }))).not.toThrow();
    expect(() => inferShapes(changed('depthwise', { bias: true }))).not.toThrow();
  });

  it.each([
    ['conv', 'epsilon', 'kernel, stride, groups, filters, bias, dilation, padding', undefined],
    ['conv', 'paddings', 'kernel, stride, groups, filters, bias, dilation, padding', 'Did you mean "padding"?'],
    ['conv', 'strides', 'kernel, stride, groups, filters, bias, dilation, padding', 'Did you mean "stride"?'],
    ['depthwise', 'filters', 'kernel, stride, bias, dilation, padding, multiplier', undefined],
    ['mean', 'kernel', 'size, stride, dilation, padding', undefined],
    ['most', 'sizes', 'size, stride, dilation, padding', 'Did you mean "size"?'],
    ['fc', 'unit', 'units, bias', 'Did you mean "units"?'],
    ['depthwise.shuffle', 'group', 'groups', 'Did you mean "groups"?'],
    ['conv.bn', 'epsilon', '', undefined],
    ['input', 'shape', '', undefined],
  ])('refuses of %s the property %s', (name, property, own, hint) => {
    const { op } = whole().layers.find((layer) => layer.name === name)!;
    const expected = `one of: name, op, inputs, block, role${own === '' ? '' : `, ${own}`}`;
    expect(refusalOf(() => lowerToWorkloads(changed(name, { [property]: 2 })))).toEqual({
      code: 'ARCHON_NETWORK_INVALID',
      message: `layer "${name}" (${op}): it has no property "${property}"`,
      expected,
      layer: name,
      ...(hint === undefined ? {} : { hint }),
    });
  });

  it('takes any role, which decides nothing', () => {
    const workloads = lowerToWorkloads(changed('conv', { role: 'me/attention' }));
    expect(workloads).toEqual(
      lowerToWorkloads(whole()).map((one) => (one.name === 'conv' ? { ...one, role: 'me/attention' } : one)),
    );
  });

  it('refuses a role that is no name, operations there are none of, and a bias that is neither there nor not', () => {
    for (const role of ['', 7]) {
      expect(refusalOf(() => inferShapes(changed('conv', { role })))).toMatchObject({
        message: `layer "conv" (conv): its role is ${JSON.stringify(role)}`,
        expected: 'a name such as "conv"',
      });
    }
    expect(refusalOf(() => inferShapes(changed('conv.relu', { op: 'relus' })))).toMatchObject({
      hint: 'Did you mean "relu"?',
    });
    expect(refusalOf(() => inferShapes(changed('conv', { bias: 'no' })))).toMatchObject({ layer: 'conv' });
  });

  it('refuses densities of what a layer has not', () => {
    const densities: Record<string, object> = { conv: { weight: 0.5 } };
    expect(refusalOf(() => lowerToWorkloads(whole(), { densities }))).toMatchObject({
      message: 'a density of the "weight" of layer "conv" is given',
      hint: 'Did you mean "weights"?',
    });
  });
});

describe('properties given to the builder', () => {
  const net = new NetworkBuilder({ id: 'me/net', input: [8, 8, 4], classes: 2 });
  const conv = { filters: 4, role: 'conv' } as const;

  it.each([
    ['conv', 'multiplier', () => net.conv('a', net.input, { ...conv, multiplier: 2 } as typeof conv)],
    ['conv', 'strides', () => net.conv('a', net.input, { ...conv, strides: 2 } as typeof conv)],
    ['depthwise', 'filters', () => net.depthwise('a', net.input, { kernel: 3, filters: 8 } as { kernel: number })],
    ['averagePool', 'ceil', () => net.averagePool('a', net.input, { size: 2, stride: 2, ceil: true } as never)],
    ['maxPool', 'kernel', () => net.maxPool('a', net.input, { size: 2, stride: 2, kernel: 2 } as never)],
  ])('refuses of %s the property %s', (op, property, add) => {
    expect(refusalOf(add)).toMatchObject({
      code: 'ARCHON_NETWORK_INVALID',
      message: `layer "a" (${op}): it has no property "${property}"`,
      layer: 'a',
    });
  });
});
