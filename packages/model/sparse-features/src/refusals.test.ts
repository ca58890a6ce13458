import { parseOptions, type Options } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import type { SparseFeatures } from './features.js';
import { sparseRefusals, type NamedLevel } from './refusals.js';
import { SPARSE, type SparseDocument } from './schema.js';

const levels: readonly NamedLevel[] = [
  { name: 'DRAM', keeps: ['Weights', 'Inputs', 'Outputs'] },
  { name: 'glb', keeps: ['Inputs', 'Outputs'] },
  { name: 'spad', keeps: ['Weights'] },
];
const weights = { level: 'spad', tensor: 'Weights', ranks: [{ format: 'bitmask', dims: ['M', 'C'] }] } as const;
const inputs = {
  level: 'glb',
  tensor: 'Inputs',
  ranks: [{ format: 'run-length', dims: ['P', 'Q'], bits: 5 }],
} as const;

const refused = (features: SparseFeatures): string[] =>
  sparseRefusals(features, levels).map(({ at, message }) => `${at}: ${message}`);

describe('sparseRefusals', () => {
  it('has nothing against features that the levels can have', () => {
    const features: SparseFeatures = {
      formats: [weights, inputs, { level: 'DRAM', tensor: 'Outputs', ranks: [{ format: 'bitmask', dims: ['Q'] }] }],
      gating: [{ level: 'spad', tensor: 'Weights', on: ['Inputs'] }],
      skipping: [{ level: 'DRAM', tensor: 'Weights', on: ['Inputs'] }],
      compute: {
        gating: ['Inputs'],
        skipping: { level: 'spad', on: ['Weights', 'Inputs'], pack: { Weights: ['M', 'R', 'S'], Inputs: ['P', 'Q'] } },
      },
    };
    expect(refused(features)).toEqual([]);
  });

  it.each<[string, SparseFeatures, string]>([
    ['a level that is not there', { formats: [{ ...weights, level: 'spat' }] }, 'formats[0].level: "spat" is no level'],
    [
      'a level that does not keep it',
      { gating: [{ level: 'glb', tensor: 'Weights', on: ['Inputs'] }] },
      'gating[0].tensor: glb does not keep Weights',
    ],
    ['two formats', { formats: [weights, weights] }, 'formats[1]: Weights has two formats at spad'],
    [
      'partial sums',
      { formats: [{ ...inputs, tensor: 'Outputs' }] },
      'formats[0].level: glb holds partial sums, whose zeros are not known before they are complete',
    ],
    [
      'an axis of another data space',
      { formats: [{ ...weights, ranks: [{ format: 'bitmask', dims: ['P'] }] }] },
      'formats[0].ranks[0].dims: Weights has no axis P',
    ],
    [
      'an axis twice',
      {
        formats: [
          {
            ...weights,
            ranks: [
              { format: 'offset', dims: ['M'] },
              { format: 'coordinate', dims: ['M'] },
            ],
          },
        ],
      },
      'formats[0].ranks[1].dims: M is in two ranks',
    ],
    [
      'bits of a bitmask',
      { formats: [{ ...weights, ranks: [{ format: 'bitmask', dims: ['M'], bits: 4 }] }] },
      'formats[0].ranks[0].bits: bitmask has no entries of 4 bit',
    ],
    [
      'itself',
      { gating: [{ level: 'spad', tensor: 'Weights', on: ['Weights'] }] },
      'gating[0].on: accesses of Weights cannot depend on Weights itself',
    ],
    [
      'zeros that nothing knows',
      { skipping: [{ level: 'spad', tensor: 'Weights', on: ['Inputs'] }] },
      'skipping[0].on: nothing tells spad which Inputs are zero before they are read',
    ],
    [
      'products of unknown zeros',
      { compute: { skipping: { level: 'spad', on: ['Weights'] } } },
      'compute.skipping.on: nothing tells spad which Weights are zero before they are read',
    ],
    [
      'PEs nowhere',
      { compute: { skipping: { level: 'PE', on: ['Weights'] } } },
      'compute.skipping.level: "PE" is no level',
    ],
    [
      'a shared dimension',
      {
        formats: [weights, inputs],
        compute: { skipping: { level: 'spad', on: ['Weights', 'Inputs'], pack: { Weights: ['C'] } } },
      },
      'compute.skipping.pack.Weights: Weights cannot be packed along C, along which they meet the other operand',
    ],
    [
      'what is not skipped',
      { formats: [weights], compute: { skipping: { level: 'spad', on: ['Weights'], pack: { Inputs: ['P'] } } } },
      'compute.skipping.pack.Inputs: Inputs are packed, and their zeros are not skipped',
    ],
    [
      'lanes of nothing',
      { formats: [weights], compute: { skipping: { level: 'spad', on: ['Weights'], lanes: { Weights: 4 } } } },
      'compute.skipping.lanes.Weights: Weights have lanes, and nothing is packed into them',
    ],
    [
      'blocks of nothing',
      {
        formats: [weights],
        compute: { skipping: { level: 'spad', on: ['Weights'], block: { positions: 4, slots: 4 } } },
      },
      'compute.skipping.block: blocks are of weights packed along one dimension',
    ],
  ])('refuses %s', (_, features, message) => {
    expect(refused(features)[0]).toBe(message);
  });

  it('says what was meant', () => {
    expect(sparseRefusals({ formats: [{ ...weights, level: 'spat' }] }, levels)[0]?.hint).toBe('Did you mean "spad"?');
  });
});

describe('the section of a file', () => {
  it('is read as features', () => {
    const read = (sparse: object): SparseDocument =>
      parseOptions({ name: 'test/array', options: { sparse: SPARSE } }, { sparse: sparse as Options }).sparse;
    expect(read({})).toEqual({ formats: [], gating: [], skipping: [], compute: {} });
    const features: SparseFeatures = read({ formats: [weights] });
    expect(features.formats).toEqual([weights]);
    expect(() => read({ formats: [{ ...weights, ranks: [{ format: 'bitmap', dims: ['M'] }] }] })).toThrow('bitmap');
  });
});
