import { API_VERSION, Registry, type Component, type Plugin } from '@archon-dse/core';
import { knownClasses } from '@archon-dse/pricing';
import { describeComponentContract } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';

/** The component classes that are there without any plugin of a user are held against the contract that those of users are. */

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

const classes = knownClasses(new Registry([])).map(({ contribution }) => contribution);
const meta = { name: 'built in', namespace: 'archon', version: '1.0.0', apiVersion: API_VERSION };
const components = classes.map((one) => ({ ...one, meta: { ...one.meta, name: kebabCase(one.meta.name) } }));
const cases = Object.fromEntries(Object.entries(CASES).map(([name, list]) => [kebabCase(name), list]));
describeComponentContract({ meta, components }, { describe, it, expect }, cases);

for (const name of BUILTIN_PLUGINS) {
  const { default: plugin } = (await import(name)) as { readonly default: Plugin };
  describeComponentContract(plugin, { describe, it, expect });
}

it('holds for every class', () => {
  expect(Object.keys(CASES)).toEqual(classes.map((one) => one.meta.name));
});
