import { describe, expect, it } from 'vitest';
import { type ArrayOptions, PUBLISHED_DENSE_ARRAY } from './array-options.js';
import { arrayComponents } from './components.js';

/** Area of one instance, um2; ICS'21 ARCHON experiments, area tables of the dense and the fused (main) architecture. */
const DENSE_AREA = {
  DRAM: 1,
  shared_glb: 1_030_209,
  DummyBuffer: 235.68,
  ifmap_spad: 414.68,
  weights_spad: 3474.22,
  psum_spad: 537.18,
  mac: 1239.5,
};
const MAIN_AREA = { ...DENSE_AREA, shared_glb: 979_377, ifmap_spad: 379.68, psum_spad: 624.68 };

function totalArea(options: ArrayOptions, areaUm2: Readonly<Record<string, number>>): number {
  return arrayComponents(options).reduce((sum, { name, instances }) => sum + (areaUm2[name] ?? NaN) * instances, 0);
}

describe('arrayComponents', () => {
  it('adds up to the published area of the dense baseline', () => {
    expect(totalArea(PUBLISHED_DENSE_ARRAY, DENSE_AREA)).toBeCloseTo(1_440_017.2, 4);
  });

  it('adds up to the later published area without DRAM and distribution registers', () => {
    expect(totalArea(PUBLISHED_DENSE_ARRAY, { ...DENSE_AREA, DRAM: 0, DummyBuffer: 0 })).toBeCloseTo(1_438_130.76, 4);
  });

  it('adds up to the published area of the fused architecture, which has no weight scratchpad', () => {
    const main = {
      ...PUBLISHED_DENSE_ARRAY,
      meshY: 8,
      glbKib: 100,
      glbBanks: 25,
      ifmapSpadWords: 12,
      psumSpadWords: 32,
    };
    expect(totalArea({ ...main, weightsSpadWords: 0 }, MAIN_AREA)).toBeCloseTo(1_124_870.48, 4);
  });

  it('builds the published buffers', () => {
    const byName = new Map(arrayComponents(PUBLISHED_DENSE_ARRAY).map((component) => [component.name, component]));
    expect(byName.get('shared_glb')).toEqual({
      name: 'shared_glb',
      class: 'smartbuffer_SRAM',
      attributes: { technology: '45nm', depthWords: 13_824, widthBits: 64, banks: 27, ports: 2 },
      instances: 1,
    });
    expect(byName.get('weights_spad')?.attributes).toMatchObject({ depthWords: 224, widthBits: 16, ports: 2 });
    expect(byName.get('DummyBuffer')).toMatchObject({ class: 'regfile', instances: 8 });
    expect(byName.get('mac')).toMatchObject({ class: 'intmac', attributes: { dataBits: 16 }, instances: 72 });
  });
});
