import type { Misbehaviour } from './calls.js';

/** What is wrong with one component of an otherwise sound list, by name: members of an object literal. */
const COMPONENTS: Readonly<Record<string, string>> = {
  'attributes-getter': `get attributes() { throw 1; }`,
  'attributes-exiting': `attributes: { get levels() { process.exit(0); } }`,
  'attributes-proxy': `attributes: new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } })`,
  'attributes-null': `attributes: null`,
  'attributes-list': `attributes: [2]`,
  'attributes-cycle': `attributes: (() => { const a = { levels: 2 }; a.self = a; return a; })()`,
  'attributes-nan': `attributes: { levels: NaN }`,
  'attributes-number-like': `attributes: { levels: { valueOf: () => 2 } }`,
  'attributes-long': `attributes: { levels: 'x'.repeat(2 ** 24) }`,
  'attributes-long-name': `attributes: { levels: 2, ['x'.repeat(2 ** 24)]: 2 }`,
  'attributes-gigabyte': `attributes: { levels: 2, more: Array(4).fill('x'.repeat(2 ** 28)) }`,
  'class-number': `class: 7`,
  'class-of-nobody': `class: 'nobody/cell'`,
  'class-inherited': `class: '__proto__'`,
  'class-long': `class: 'x'.repeat(2 ** 24)`,
  'name-number': `name: 7`,
  'name-long': `name: 'x'.repeat(2 ** 24)`,
  'name-text-like': `name: { toString: () => 'cell' }`,
  'instances-none': `instances: undefined`,
  'instances-nan': `instances: NaN`,
  'instances-negative': `instances: -1`,
  'instances-infinite': `instances: Infinity`,
  'instances-text': `instances: '1'`,
  'instances-number-like': `instances: { valueOf: () => 1 }`,
};

/** What is wrong with an otherwise sound price. */
const PRICES: Readonly<Record<string, string>> = {
  'area-none': `areaUm2: undefined`,
  'area-nan': `areaUm2: { ...row, value: NaN }`,
  'area-negative': `areaUm2: { ...row, value: -1 }`,
  'area-infinite': `areaUm2: { ...row, value: Infinity }`,
  'area-text': `areaUm2: { ...row, value: '1' }`,
  'area-number-like': `areaUm2: { ...row, value: { valueOf: () => 1 } }`,
  'area-getter': `get areaUm2() { throw 1; }`,
  'area-exiting': `get areaUm2() { process.exit(0); }`,
  'area-proxy': `areaUm2: new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; } })`,
  'area-promise': `areaUm2: Promise.resolve(row)`,
  'energy-none': `energyPj: undefined`,
  'energy-list': `energyPj: [row]`,
  'energy-other-action': `energyPj: { touch: row, smell: row }`,
  'energy-inherited-action': `energyPj: Object.create({ touch: row })`,
  'energy-nan': `energyPj: { touch: { ...row, value: NaN } }`,
  'energy-getter': `energyPj: { get touch() { throw 1; } }`,
  'energy-cycle': `energyPj: (() => { const e = { touch: row }; e.self = e; return e; })()`,
  'macs-negative': `energyPj: { touch: { ...row, macs: -1 } }`,
  'macs-number-like': `energyPj: { touch: { ...row, macs: { valueOf: () => 1 } } }`,
  'bits-infinite': `energyPj: { touch: { ...row, offChipBits: Infinity } }`,
  'source-none': `areaUm2: { value: 1 }`,
  'source-blank': `areaUm2: { value: 1, source: ' ' }`,
  'source-text-like': `areaUm2: { value: 1, source: { toString: () => 'S', trim: () => 'S' } }`,
  'source-long': `areaUm2: { value: 1, source: 'x'.repeat(2 ** 24) }`,
  'source-gigabyte': `areaUm2: { value: 1, source: 'x'.repeat(2 ** 28) }`,
};

/** What plugins get wrong where hardware is listed and priced. */
export const HARDWARE: readonly Misbehaviour[] = [
  ...Object.entries(COMPONENTS).map(([name, members]): Misbehaviour => ({
    name,
    body: `return { value: [mac, { ...cell, ${members} }] };`,
    hooks: ['accelerator.components'],
  })),
  ...Object.entries(PRICES).map(([name, members]): Misbehaviour => ({
    name,
    body: `return { value: { energyPj: { touch: row }, areaUm2: row, ${members} } };`,
    hooks: ['component.price'],
  })),
  {
    name: 'components-without-end',
    body: `return { value: Array.from({ length: 1e5 }, (_, index) => ({ ...cell, name: 'cell' + index })) };`,
    hooks: ['accelerator.components'],
  },
  {
    name: 'area-beyond-numbers',
    body: `return { value: [{ ...mac, instances: 1e308 }, cell] };`,
    hooks: ['accelerator.components'],
  },
  {
    name: 'name-twice',
    body: `return { value: [mac, { ...cell, name: 'mac' }] };`,
    hooks: ['accelerator.components'],
    isMistake: true,
  },
  {
    name: 'attributes-inherited',
    body: `return { value: [mac, { ...cell, attributes: JSON.parse('{ "levels": 2, "__proto__": 1, "constructor": 2 }') }] };`,
    hooks: ['accelerator.components'],
    isHarmless: true,
  },
  {
    name: 'name-inherited',
    body: `return { value: [mac, cell, { ...cell, name: '__proto__' }, { ...cell, name: 'constructor' }] };`,
    hooks: ['accelerator.components'],
    isHarmless: true,
  },
  {
    name: 'price-rises-when-read',
    body: `let reads = 0;
      return { value: { energyPj: { touch: row }, areaUm2: { get value() { return reads += 1; }, source: 'S' } } };`,
    hooks: ['component.price'],
    isHarmless: true,
  },
];
