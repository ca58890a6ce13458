import { API_VERSION, type Component } from '@archon-dse/core';
import { describeComponentContract } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_CLASSES } from './component-classes.js';

type Attributes = Component['attributes'];

const sizes = (...list: readonly (readonly [depthWords: number, widthBits: number])[]): readonly Attributes[] =>
  list.map(([depthWords, widthBits]) => ({ depthWords, widthBits }));
const widths = (...list: readonly number[]): readonly Attributes[] => list.map((dataBits) => ({ dataBits }));

/** Sizes on the grids of the tables and between them, and their ends. */
const SRAM_SIZES = [
  ...sizes([64, 8], [224, 16], [65536, 256]),
  { depthWords: 13824, widthBits: 64, banks: 27, ports: 2 },
];
const FILE_SIZES = sizes([1, 1], [12, 16], [224, 64]);
const WIDTHS = widths(1, 8, 33);

/** By the name of a class, what it has to be given and what lies at its bounds. */
const CASES: Readonly<Record<string, readonly Attributes[]>> = {
  sram: SRAM_SIZES,
  smartbuffer_SRAM: SRAM_SIZES,
  regfile: FILE_SIZES,
  smartbuffer_RF: FILE_SIZES,
  intmac: [...WIDTHS, { dataBits: 16, latencyNs: 0.5 }, { dataBits: 16, latencyNs: 11 }],
  intadder: WIDTHS,
  intmultiplier: WIDTHS,
  comparator: WIDTHS,
  counter: WIDTHS,
  bitwise: [{}, ...WIDTHS],
  fifo: [
    { dataBits: 8, depth: 1 },
    { dataBits: 33, depth: 100 },
  ],
  register: WIDTHS,
  dram: [{ widthBits: 1 }, { widthBits: 64 }],
};

/** The names of Timeloop, which two of them have, are none that a class of a plugin may have. */
const kebabCase = (name: string): string => name.toLowerCase().replaceAll('_', '-');

const meta = { name: 'built in', namespace: 'archon', version: '1.0.0', apiVersion: API_VERSION };
const components = BUILT_IN_CLASSES.map((component) => ({
  ...component,
  meta: { ...component.meta, name: kebabCase(component.meta.name) },
}));
const cases = Object.fromEntries(Object.entries(CASES).map(([name, list]) => [kebabCase(name), list]));
describeComponentContract({ meta, components }, { describe, it, expect }, cases);

it('holds for every class', () => {
  expect(Object.keys(CASES)).toEqual(BUILT_IN_CLASSES.map((component) => component.meta.name));
});
