import { completeValue, mistakesIn, withValueAt, type JsonValue, type Options } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { ARCHITECTURE, ARCHITECTURES, readArchitecture, type ArchitectureDocument } from './index.js';

const ALL = ['Weights', 'Inputs', 'Outputs'];
const SMALL: Options = {
  name: 'small',
  wordBits: 8,
  levels: [
    { name: 'dram', keeps: ALL, class: 'dram', rowBits: 64 },
    { name: 'buffer', keeps: ['Inputs', 'Outputs'], sizeKib: 2, rowBits: 64, class: 'smartbuffer_SRAM', meshX: 4 },
    { name: 'spad', keeps: ['Weights'], sizeWords: 16, class: 'regfile', meshY: 2 },
  ],
};

const documentOf = (content: Options): ArchitectureDocument => {
  return completeValue(ARCHITECTURE, content) as unknown as ArchitectureDocument;
};
const changed = (path: string, value: JsonValue): ArchitectureDocument => documentOf(withValueAt(SMALL, path, value));

describe('readArchitecture', () => {
  const read = readArchitecture(documentOf(SMALL));

  it('counts instances by the meshes outside, and derives what components are made of', () => {
    expect(read.macs).toBe(8);
    expect(read.components).toEqual([
      { name: 'dram', class: 'dram', attributes: { widthBits: 64 }, instances: 1 },
      {
        name: 'buffer',
        class: 'smartbuffer_SRAM',
        attributes: { technology: '45nm', depthWords: 256, widthBits: 64 },
        instances: 1,
      },
      {
        name: 'spad',
        class: 'regfile',
        attributes: { technology: '45nm', depthWords: 16, widthBits: 8 },
        instances: 4,
      },
      { name: 'mac', class: 'intmac', attributes: { technology: '45nm', dataBits: 8 }, instances: 8 },
    ]);
  });

  it('has the levels of the loop nest, in words', () => {
    const energy = { access: { value: 3, source: 's' }, compute: { value: 1, source: 's' } };
    const ert = Object.fromEntries(read.components.map(({ name }) => [name, energy]));
    expect(read.architecture({ ert, art: {} })).toEqual({
      levels: [
        { name: 'dram', keeps: ALL, blockSize: 8, accessEnergyPj: 3, meshX: 1, meshY: 1 },
        {
          name: 'buffer',
          keeps: ['Inputs', 'Outputs'],
          sizeWords: 2048,
          blockSize: 8,
          accessEnergyPj: 3,
          meshX: 4,
          meshY: 1,
        },
        { name: 'spad', keeps: ['Weights'], sizeWords: 16, blockSize: 1, accessEnergyPj: 3, meshX: 1, meshY: 2 },
      ],
      macs: 8,
      macEnergyPj: 1,
    });
    expect(() => read.architecture({ ert: {}, art: {} })).toThrow('no energy of action "access" of component "dram"');
  });

  it('leaves levels without a constraint free, and spreads what is largest as far as the mesh goes', () => {
    const problem = { C: 4, M: 8, R: 1, S: 6, P: 2, Q: 2, N: 1, strideP: 1, strideQ: 1 };
    expect(read.constraints(problem)[0]).toEqual({});
    expect(read.constraints(problem)[1]?.spatialX?.dims).toContain('G');
    const spread = { dims: ['M'], factors: { C: 2 }, largest: ['S'] };
    const spatial = readArchitecture(
      changed('mapspace', { buffer: { dims: ['P'], factors: { Q: 2 }, spatialX: spread } }),
    );
    expect(spatial.constraints(problem)[1]).toEqual({
      temporal: { Q: 2 },
      temporalDims: ['P'],
      spatialX: { dims: ['M'], fixed: { C: 2, S: 2 } },
    });
  });

  it('builds large buffers of several memories', () => {
    const [, buffer] = readArchitecture(changed('levels.buffer.macros', 4)).components;
    expect(buffer).toMatchObject({ attributes: { depthWords: 64 }, instances: 4 });
  });

  it('makes levels of one room one component, with the loops of each between them', () => {
    const levels = [
      { name: 'dram', keeps: ALL, class: 'dram', rowBits: 64 },
      { name: 'inputs', keeps: ['Inputs'], sizeKib: 2, rowBits: 64, room: 'buffer', class: 'smartbuffer_SRAM' },
      { name: 'outputs', keeps: ['Outputs'], sizeKib: 2, rowBits: 64, room: 'buffer' },
    ];
    const shared = readArchitecture(documentOf({ name: 'uneven', wordBits: 8, levels }));
    expect(shared.components.map(({ name, instances }) => [name, instances])).toEqual([
      ['dram', 1],
      ['buffer', 1],
      ['mac', 1],
    ]);
    expect(['inputs', 'outputs', 'dram'].map(shared.componentOf)).toEqual(['buffer', 'buffer', 'dram']);
    const refusal = (index: number, changes: object) => {
      const other = levels.map((level, i) => (i === index ? { ...level, ...changes } : level));
      return diagnosticsOf(() => readArchitecture(documentOf({ name: 'uneven', wordBits: 8, levels: other })))[0];
    };
    expect(refusal(2, { sizeKib: 1 })).toMatchObject({
      message: 'room "buffer": its levels have sizeWords 2048 and 1024',
      path: 'options.architecture.levels.inputs.room',
    });
    expect(refusal(2, { class: 'regfile' })).toMatchObject({ path: 'options.architecture.levels.outputs.class' });
    expect(refusal(2, { room: 'dram', class: 'regfile' })?.message).toBe('the room is called "dram", as a level is');
  });

  it('counts what idle hardware takes, where asked to', () => {
    const leaking = readArchitecture(changed('model', { leakage: true }));
    const rows = { access: { value: 3, source: 's' }, compute: { value: 1, source: 's' } };
    const idle = { ...rows, idle: { value: 0.5, source: 's' } };
    const prices = { ert: { dram: rows, buffer: idle, spad: idle, mac: rows }, art: {} };
    expect(leaking.architecture(prices).leakagePjPerCycle).toBe(0.5 * (1 + 4));
    expect(leaking.idle(prices, 10)).toEqual([
      { component: 'buffer', action: 'idle', count: 10 },
      { component: 'spad', action: 'idle', count: 40 },
    ]);
    expect(read.idle(prices, 10)).toEqual([]);
    expect(read.architecture(prices)).not.toHaveProperty('leakagePjPerCycle');
  });

  it('packs narrow values in rows of several words', () => {
    const ert = Object.fromEntries(
      read.components.map(({ name }) => [
        name,
        { access: { value: 1, source: 's' }, compute: { value: 1, source: 's' } },
      ]),
    );
    const narrow = read.architecture({ ert, art: {} }, { Weights: 3, Inputs: 8, Outputs: 4 });
    expect(narrow.levels.map(({ packing }) => packing)).toEqual([
      { Weights: 21 / 8, Inputs: 1 },
      { Weights: 21 / 8, Inputs: 1 },
      undefined,
    ]);
    expect(narrow.completePacking).toBe(2);
  });

  it.each(Object.keys(ARCHITECTURES))('takes the shipped file of %s, which its schema allows', (name) => {
    expect(mistakesIn({ name: 'spatial', options: {} }, 'architecture', ARCHITECTURE, ARCHITECTURES[name])).toEqual([]);
    expect(readArchitecture(documentOf(ARCHITECTURES[name] as Options)).components.length).toBeGreaterThan(3);
  });

  it.each([
    ['levels.dram.keeps', ['Weights'], 'levels.dram.keeps', 'does not hold Inputs, Outputs'],
    ['levels.spad.name', 'buffer', 'levels', 'two levels are called "buffer"'],
    ['levels.spad.name', 'mac', 'levels.mac.name', 'as the MACs are'],
    ['levels.buffer.sizeWords', 5, 'levels.buffer.sizeWords', 'given twice'],
    ['levels.buffer.rowBits', 60, 'levels.buffer.rowBits', 'whole words of 8 bit'],
    ['levels.buffer.sizeKib', 0.0001, 'levels.buffer.sizeKib', 'rows of 64 bit'],
    ['levels.spad.sizeWords', undefined, 'levels.spad', 'a regfile without a size has no price'],
    ['levels.spad.class', undefined, 'levels.spad', 'its accesses would cost nothing'],
    ['levels.spad', { name: 'spad', keeps: [] }, 'levels.spad.keeps', 'holds nothing and spreads nothing'],
    ['mapspace.bufer', {}, 'mapspace.bufer', 'which is no level'],
    ['mapspace.buffer', { dims: ['C'], order: ['C', 'P'] }, 'mapspace.buffer.order', 'P, which may not loop at buffer'],
    ['mapspace.buffer', { dims: ['C'], factors: { C: 2 } }, 'mapspace.buffer.factors', 'C has a given factor'],
    [
      'mapspace.buffer',
      { spatialX: { factors: { M: 8 } } },
      'mapspace.buffer.spatialX.factors',
      'multiply to 8, the mesh has 4',
    ],
    [
      'mapspace.buffer',
      { spatialX: { factors: { M: 3 } } },
      'mapspace.buffer.spatialX',
      '3 of 4 instances could ever work',
    ],
    ['mapspace.buffer', { spatialX: { dims: [] } }, 'mapspace.buffer.spatialX', '1 of 4 instances'],
    [
      'mapspace.buffer',
      { spatialX: { dims: ['S'], largest: ['S'] } },
      'mapspace.buffer.spatialX.largest',
      'S is spread',
    ],
    ['model', { haloSharing: true }, 'model.haloSharing', 'share halos'],
    ['model', { factors: 'remainders' }, 'model.factors', 'remainders, which Timeloop does not count'],
    ['mapspace', { dram: { mayBypass: ['Weights'] } }, 'mapspace.dram.mayBypass', 'the outermost level'],
    ['mapspace', { buffer: { mayBypass: ['Weights'] } }, 'mapspace.buffer.mayBypass', 'does not hold Weights'],
    ['mapspace', { dram: { mayBeUneven: true } }, 'mapspace.dram.mayBeUneven', 'no loops'],
    ['mapspace', { spad: { mayBeUneven: true } }, 'mapspace.spad.mayBeUneven', 'fewer than two'],
    ['mapspace', { spad: { most: { C: 2 }, least: { C: 4 } } }, 'mapspace.spad.least', 'at least 4 and at most 2'],
    [
      'mapspace',
      { spad: { dims: [], factors: { C: 2 }, most: { C: 2 } } },
      'mapspace.spad.most',
      'C has a given factor',
    ],
    [
      'mapspace',
      { buffer: { minParallelism: 8 } },
      'mapspace.buffer.minParallelism',
      'has 4 instances below it, and 8',
    ],
    [
      'mapspace',
      Object.fromEntries(
        ['dram', 'buffer', 'spad'].map((level) => [
          level,
          { dims: ['C'], spatialX: { dims: ['M'] }, spatialY: { dims: ['M'] } },
        ]),
      ),
      'mapspace',
      'no level may loop over R, S, P, Q, N, G',
    ],
  ])('refuses %s: %j', (path, value, at, message) => {
    const found = diagnosticsOf(() => readArchitecture(changed(path, value as JsonValue)));
    expect(found[0]).toMatchObject({ code: 'ARCHON_BAD_OPTION', path: `options.architecture.${at}` });
    expect(found[0]?.message).toContain(message);
  });

  it('refuses a size that holds no word of each', () => {
    const level = { name: 'spad', keeps: ['Weights', 'Inputs'], sizeWords: 1, class: 'regfile' };
    expect(diagnosticsOf(() => readArchitecture(changed('levels.spad', level)))[0]).toMatchObject({
      message: '1 words cannot hold a word each of Weights, Inputs',
      path: 'options.architecture.levels.spad.sizeWords',
    });
  });
});
