import { ArchonError, type PriceTables } from '@archon-dse/core';
import { evaluate, parseMapping } from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import { PUBLISHED_ACCESS_PJ } from '../../../../test/published-prices.js';
import { arrayArchitecture } from './architecture.js';
import { PUBLISHED_DENSE_ARRAY } from './array-options.js';

function prices(accessPj: Readonly<Record<string, number>>): PriceTables {
  const rows = Object.entries(accessPj).map(([name, value]) => [name, { access: { value, source: 'published' } }]);
  return { ert: { ...Object.fromEntries(rows), mac: { compute: { value: 2.2, source: 'published' } } }, art: {} };
}

describe('arrayArchitecture', () => {
  it('is the published dense architecture by default', () => {
    const spad = { blockSize: 1, readBandwidth: 2, writeBandwidth: 2, meshX: 1, meshY: 1 };
    expect(arrayArchitecture(PUBLISHED_DENSE_ARRAY, prices(PUBLISHED_ACCESS_PJ))).toEqual({
      macs: 72,
      macEnergyPj: 2.2,
      levels: [
        {
          name: 'DRAM',
          accessEnergyPj: 512,
          keeps: ['Weights', 'Inputs', 'Outputs'],
          blockSize: 4,
          meshX: 1,
          meshY: 1,
        },
        {
          name: 'shared_glb',
          accessEnergyPj: 70.264,
          keeps: ['Inputs', 'Outputs'],
          sizeWords: 55_296,
          blockSize: 4,
          readBandwidth: 32,
          writeBandwidth: 32,
          meshX: 8,
          meshY: 1,
        },
        { name: 'DummyBuffer', accessEnergyPj: 0.202, keeps: [], blockSize: 1, meshX: 1, meshY: 9 },
        { name: 'ifmap_spad', accessEnergyPj: 0.251, keeps: ['Inputs'], sizeWords: 16, ...spad },
        { name: 'weights_spad', accessEnergyPj: 1.18, keeps: ['Weights'], sizeWords: 224, ...spad },
        { name: 'psum_spad', accessEnergyPj: 0.302, keeps: ['Outputs'], sizeWords: 24, ...spad },
      ],
    });
  });

  it('packs more of a narrower word into a row', () => {
    const [, glb] = arrayArchitecture({ ...PUBLISHED_DENSE_ARRAY, dataBits: 8 }, prices(PUBLISHED_ACCESS_PJ)).levels;
    expect(glb).toMatchObject({ sizeWords: 110_592, blockSize: 8 });
  });

  it('streams weights to the MACs without a weight scratchpad', () => {
    // Main part of FusioNet block 1 on the published 64-PE fused architecture: 36 864 cycles, 27 973 632.89 pJ.
    const main = {
      ...PUBLISHED_DENSE_ARRAY,
      meshY: 8,
      glbKib: 100,
      ifmapSpadWords: 12,
      psumSpadWords: 32,
      weightsSpadWords: 0,
    };
    const mainPj = { ...PUBLISHED_ACCESS_PJ, shared_glb: 68.751, ifmap_spad: 0.237, psum_spad: 0.338 };
    const architecture = arrayArchitecture(main, prices(mainPj));
    const text = 'L4[WIO] Q4 - L3[IO] P4 C8 M32 P8X - L2[] Q1 Q8Y - L1[I] Q1 - L0[O] S3 R3';
    const problem = { C: 8, M: 32, R: 3, S: 3, P: 32, Q: 32, N: 1, strideP: 1, strideQ: 1 };
    const evaluation = evaluate(problem, architecture, parseMapping(text, architecture));
    expect(evaluation.cycles).toBe(36_864);
    expect(evaluation.energyPj).toBeCloseTo(27_973_632.89, 1);
  });

  it('refuses tables without a row it needs', () => {
    const others = Object.fromEntries(Object.entries(PUBLISHED_ACCESS_PJ).filter(([name]) => name !== 'DRAM'));
    expect(() => arrayArchitecture(PUBLISHED_DENSE_ARRAY, prices(others))).toThrow(ArchonError);
    expect(() => arrayArchitecture(PUBLISHED_DENSE_ARRAY, prices(others))).toThrow('"access" of component "DRAM"');
  });
});
