import type { JsonValue } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { COMPONENT_CLASSES } from './component-classes.js';
import { priceComponents } from './price-components.js';
import { part, priced } from './test-fixtures.js';

/**
 * The components of the ARCHON and dense accelerators.
 *
 * @source ERT and ART files of the ICS'21 artifact (fusion-timeloop-model, ab4a7ef), made with Accelergy 0.3
 */
const PUBLISHED: readonly (readonly [string, string, Record<string, JsonValue>, Record<string, number>, number])[] = [
  [
    'GLB of 27 banks',
    'smartbuffer_SRAM',
    { depthWords: 13824, widthBits: 64, banks: 27 },
    { access: 70.264, write: 70.264, read: 69.377, idle: 0.017, readOneBank: 49.35, writeOneBank: 49.981 },
    1030209,
  ],
  [
    'GLB of 25 banks',
    'smartbuffer_SRAM',
    { depthWords: 12800, widthBits: 64, banks: 25, ports: 2, technology: '45nm' },
    { access: 68.751, write: 68.751, read: 67.938, idle: 0.017, readOneBank: 48.387, writeOneBank: 48.967 },
    979377,
  ],
  [
    'GLB of 128 KiB',
    'smartbuffer_SRAM',
    { depthWords: 16384, widthBits: 64, banks: 32 },
    { access: 75.215, write: 75.215, read: 74.144, idle: 0.018, readOneBank: 52.612, writeOneBank: 53.372 },
    1162549,
  ],
  [
    'weights of 224 words',
    'smartbuffer_SRAM',
    { depthWords: 224, widthBits: 16 },
    { access: 1.18, write: 1.18, read: 0.759, idle: 0.012 },
    3474.22,
  ],
  [
    'weights of 128 words',
    'smartbuffer_SRAM',
    { depthWords: 128, widthBits: 16 },
    { access: 0.896, write: 0.896, read: 0.663, idle: 0.012 },
    2319.32,
  ],
  [
    'prediction GLB',
    'smartbuffer_SRAM',
    { depthWords: 1094, widthBits: 64, banks: 32 },
    { access: 30.226, readOneBank: 21.203, writeOneBank: 21.456 },
    164714,
  ],
  [
    'prediction buffer',
    'sram',
    { depthWords: 128, widthBits: 16 },
    { access: 0.718, write: 0.718, read: 0.545, readOneBank: 0.545, writeOneBank: 0.718, idle: 0 },
    1020.59,
  ],
  ['spad of 12', 'smartbuffer_RF', { depthWords: 12, widthBits: 16 }, { access: 0.237, idle: 0.018 }, 379.68],
  [
    'spad of 16',
    'smartbuffer_RF',
    { depthWords: 16, widthBits: 16 },
    { access: 0.251, read: 0.251, write: 0.251, idle: 0.018 },
    414.68,
  ],
  ['spad of 24', 'smartbuffer_RF', { depthWords: 24, widthBits: 16 }, { access: 0.302, idle: 0.018 }, 537.18],
  ['spad of 32', 'smartbuffer_RF', { depthWords: 32, widthBits: 16 }, { access: 0.338, idle: 0.019 }, 624.68],
  ['DummyBuffer', 'regfile', { depthWords: 16, widthBits: 16 }, { access: 0.202, idle: 0.006 }, 235.68],
  ['MAC', 'intmac', { dataBits: 16, latencyNs: 5 }, { compute: 2.2, reused: 1.877, gated: 0.103, idle: 0.066 }, 1239.5],
  ['prediction adder', 'intadder', { dataBits: 20 }, { add: 0.054 }, 111.875],
  ['mask', 'bitwise', {}, { op: 0.018 }, 50.4],
  ['adder FIFO', 'fifo', { dataBits: 16, depth: 5 }, {}, 100.759],
  ['DRAM', 'dram', { type: 'LPDDR4', widthBits: 64 }, { access: 512, read: 512, write: 512, idle: 0 }, 1],
];

describe('published prices', () => {
  it.each(PUBLISHED)('are met by the %s', (_, className, attributes, energyPj, areaUm2) => {
    const price = priced(className, attributes);
    for (const [action, pj] of Object.entries(energyPj)) expect(price.pj(action), action).toBe(pj);
    expect(price.areaUm2).toBe(areaUm2);
  });

  /** @source total areas of the artifact's Timeloop outputs */
  it.each([
    ['dense', 1440017.2, 'GLB of 27 banks', 72, ['MAC', 'spad of 16', 'weights of 224 words', 'spad of 24']],
    [
      'ARCHON prediction',
      1273306.96,
      'GLB of 25 banks',
      64,
      ['MAC', 'spad of 32', 'weights of 128 words', 'spad of 12'],
    ],
    [
      'ARCHON prediction, 128 KiB',
      1456478.96,
      'GLB of 128 KiB',
      64,
      ['MAC', 'spad of 32', 'weights of 128 words', 'spad of 12'],
    ],
    ['ARCHON main', 1124870.48, 'GLB of 25 banks', 64, ['MAC', 'spad of 12', 'spad of 32']],
  ] as const)('add up to the area of the %s accelerator', (_, totalUm2, glb, elements, element) => {
    const counts = {
      [glb]: 1,
      DummyBuffer: 8,
      DRAM: 1,
      ...Object.fromEntries(element.map((name) => [name, elements])),
    };
    const components = PUBLISHED.filter(([name]) => name in counts).map(([name, className, attributes]) =>
      part(className, attributes, name, counts[name]),
    );
    const { art } = priceComponents(components);
    const sum = components.reduce((total, { name, instances }) => total + art[name]!.value * instances, 0);
    expect(sum).toBeCloseTo(totalUm2, 2);
  });

  it('are plain JSON and the same at every call', () => {
    const components = PUBLISHED.map(([name, className, attributes]) => part(className, attributes, name));
    const tables = priceComponents(components);
    expect(JSON.parse(JSON.stringify(tables))).toEqual(tables);
    expect(priceComponents(components)).toEqual(tables);
    expect(JSON.parse(JSON.stringify(COMPONENT_CLASSES))).toEqual(COMPONENT_CLASSES);
  });
});
