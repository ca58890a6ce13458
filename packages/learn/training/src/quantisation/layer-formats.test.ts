import { NetworkBuilder } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { keptValues, outputFormats, precisionsOf } from './kept-values.js';
import { layerFormats, type FormatOptions } from './layer-formats.js';

/** A residual block: what the sum reads is kept as the sum is, and the stem is read by two layers. */
const net = new NetworkBuilder({ id: 'me/residual', input: [8, 8, 3], classes: 2 });
const stem = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: 4, kernel: 3, role: 'stem' })));
net.block('b1');
const first = net.relu(net.batchNorm(net.conv('b1.a', stem, { filters: 4, role: 'pointwise' })));
const sum = net.relu(
  net.add('b1.add', stem, net.batchNorm(net.conv('b1.b', first, { filters: 4, role: 'pointwise' }))),
);
net.block('tail');
net.softmax(net.dense('fc', net.globalAveragePool('pool', sum), 2));
const network = net.build();

const INT8: FormatOptions = { weights: 'int8', activations: 'int8', mixed: {}, fullWidth: 'none' };
const formatsOf = (changes: Partial<FormatOptions>) => {
  const options = { ...INT8, ...changes };
  const formats = layerFormats(network, options);
  const outputs = outputFormats(network, formats, options.activations);
  return { kept: keptValues(network, outputs), precisions: precisionsOf(network, formats, outputs) };
};
const all = (format: 'int8' | 'int4') => ({ weights: format, inputs: format, outputs: format });

describe('formats', () => {
  it('are those of the options, on what is kept between layers', () => {
    const { kept, precisions } = formatsOf({});
    expect(kept.map(({ layer }) => layer)).toEqual([
      ...['input', 'stem.relu', 'b1.a.relu', 'b1.b.bn', 'b1.add.relu', 'pool', 'fc'],
    ]);
    expect(precisions).toEqual({ stem: all('int8'), 'b1.a': all('int8'), 'b1.b': all('int8'), fc: all('int8') });
  });

  it('of a layer go before those of its block; a tensor has the widest that is read', () => {
    // the stem is read by the sum too, which wants int8
    const { precisions } = formatsOf({ mixed: { b1: 'int4', 'b1.b': { weights: 'int2' } } });
    expect(precisions['b1.a']).toEqual({ weights: 'int4', inputs: 'int8', outputs: 'int4' });
    expect(precisions['b1.b']).toEqual({ weights: 'int2', inputs: 'int4', outputs: 'int8' });
    const wide = formatsOf({ mixed: { b1: 'int4', 'b1.b': 'int16' } }).precisions;
    expect(wide['b1.a']).toEqual({ weights: 'int4', inputs: 'int8', outputs: 'int16' });
    expect(wide['b1.b']).toEqual({ weights: 'int16', inputs: 'int16', outputs: 'int8' });
  });

  it('of a role go before the usual ones, and after those of a block and of a layer', () => {
    const { precisions } = formatsOf({ mixed: { 'b1.a': { weights: 'int2' }, stem: 'int16', pointwise: 'int4' } });
    expect(precisions['stem']).toEqual({ weights: 'int16', inputs: 'int16', outputs: 'int8' });
    expect(precisions['b1.a']).toEqual({ weights: 'int2', inputs: 'int8', outputs: 'int4' });
    expect(precisions['b1.b']).toEqual({ weights: 'int4', inputs: 'int4', outputs: 'int8' });
    expect(formatsOf({ mixed: { pointwise: 'int4', b1: 'int8' } }).precisions['b1.b']).toEqual(all('int8'));
  });

  it('leave the ends at full width, and what they read and give', () => {
    const { kept, precisions } = formatsOf({ fullWidth: 'both' });
    expect(precisions['stem']).toEqual({ outputs: 'int8' });
    expect(precisions['fc']).toBeUndefined();
    expect(kept.map(({ layer }) => layer)).toEqual(['stem.relu', 'b1.a.relu', 'b1.b.bn', 'b1.add.relu']);
    expect(formatsOf({ fullWidth: 'last', mixed: { fc: 'int8' } }).precisions['fc']).toEqual(all('int8'));
  });

  it('say nothing at full width', () => {
    expect(formatsOf({ weights: 'full', activations: 'full' })).toEqual({ kept: [], precisions: {} });
  });

  it.each([
    [{ b2: 'int4' }, 'network "me/residual" has no layer, block or role "b2" that computes'],
    [{ 'b1.add': 'int4' }, 'has no layer, block or role "b1.add" that computes'],
    [{ activation: 'int4' }, 'has no layer, block or role "activation" that computes'],
    [{ fc: 'int0' }, '"fc" is to have "int0"'],
    [{ fc: 'int17' }, '"fc" is to have "int17"'],
    [{ fc: { weight: 'int8' } }, '"fc" is to have {"weight":"int8"}'],
    [{ fc: {} }, '"fc" is to have {}'],
    [{ fc: null }, '"fc" is to have null'],
  ])('refuse %j', (mixed, message) => {
    expect(() => formatsOf({ mixed })).toThrow(message);
  });

  it('name what a layer can be called by where a name is unknown', () => {
    const diagnostic = {
      expected: 'a role: stem, pointwise, classifier; a block: head, b1, tail; or the name of a layer',
      hint: 'Did you mean "pointwise"?',
    };
    const refused = { diagnostics: [expect.objectContaining(diagnostic)] };
    expect(() => formatsOf({ mixed: { pointwize: 'int4' } })).toThrow(expect.objectContaining(refused));
  });
});
