import type { Misbehaviour } from './calls.js';

/** What is wrong with every layer of an otherwise sound run, by name: members of an object literal. */
const LAYERS: Readonly<Record<string, string>> = {
  'execution-number': `execution: 7`,
  'execution-getter': `get execution() { throw 1; }`,
  'execution-exiting': `execution: { get cyclesAnalytical() { process.exit(0); } }`,
  'execution-proxy': `execution: new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; } })`,
  'execution-none': `execution: {}`,
  'execution-nan': `execution: { cyclesAnalytical: NaN }`,
  'execution-number-like': `execution: { cyclesAnalytical: { valueOf: () => 1 } }`,
  'execution-list': `execution: { cyclesAnalytical: 1, stalls: [1] }`,
  'execution-long-name': `execution: { cyclesAnalytical: 1, shares: { ['x'.repeat(2 ** 24)]: 2 } }`,
  'execution-gigabyte': `execution: { cyclesAnalytical: 1, maps: { m: Array(2 ** 13).fill(Array(2 ** 13).fill(0)) } }`,
  'notes-gigabyte': `notes: ['x'.repeat(2 ** 28), 'x'.repeat(2 ** 28)]`,
};

/** What is wrong with an otherwise sound run. */
const RUNS: Readonly<Record<string, string>> = {
  'metrics-number': `metrics: 7`,
  'metrics-list': `metrics: [1]`,
  'metrics-getter': `metrics: { get snr() { throw 1; } }`,
  'metrics-exiting': `metrics: { get snr() { process.exit(0); } }`,
  'metrics-proxy': `metrics: new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; } })`,
  'metrics-undeclared': `metrics: { snr: 1 }`,
  'metrics-inherited': `metrics: JSON.parse('{ "__proto__": 1 }')`,
  'metrics-long-name': `metrics: { ['x'.repeat(2 ** 24)]: 1 }`,
};

/** What plugins get wrong in results. */
export const RESULTS: readonly Misbehaviour[] = [
  ...Object.entries(LAYERS).map(([name, members]): Misbehaviour => ({
    name,
    body: `return { value: whole(given[0].workloads.map((w) => ({ ...layer(w), ${members} }))) };`,
    hooks: ['accelerator.run'],
  })),
  ...Object.entries(RUNS).map(([name, members]): Misbehaviour => ({
    name,
    body: `return { value: { ...whole(given[0].workloads.map(layer)), ${members} } };`,
    hooks: ['accelerator.run'],
  })),
  {
    name: 'metrics-long-name',
    body: `return { value: { ...given[0], metrics: { ['x'.repeat(2 ** 24)]: 1 } } };`,
    hooks: ['stage.apply'],
  },
  {
    name: 'metrics-long-name-without-value',
    body: `return { value: { ...given[0], metrics: { ['x'.repeat(2 ** 24)]: 'x'.repeat(2 ** 24) } } };`,
    hooks: ['stage.apply'],
  },
  {
    name: 'numbers-that-are-none',
    body: `const five = { valueOf: () => 0.5, toString() { throw 1; } };
      return { value: { cycles: 1, layers: given[0].workloads.map((w) => ({ ...w, cycles: 1, utilization: five, actions: [] })) } };`,
    hooks: ['accelerator.run'],
  },
  {
    name: 'list-without-end',
    body: `return { value: { cycles: 1, layers: new Array(2 ** 32 - 1) } };`,
    hooks: ['accelerator.run', 'network.build'],
  },
];
