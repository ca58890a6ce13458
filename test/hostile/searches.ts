import type { Misbehaviour } from './calls.js';
import type { Hook } from './package.js';

/** What only strategies can do wrong: batches that are no points, states that are no data, answers that come when it is too late. */

const CREATING: readonly Hook[] = ['strategy.create'];
const ASKING: readonly Hook[] = ['strategy.ask'];
/** What makes a state. */
const KEEPING: readonly Hook[] = ['strategy.start', 'strategy.tell'];
const ALL: readonly Hook[] = [...CREATING, ...KEEPING, ...ASKING];

export const SEARCHES: readonly Misbehaviour[] = [
  { name: 'answers-nothing', body: `return { value: undefined };`, hooks: ALL },
  { name: 'answers-function', body: `return { value: () => 1 };`, hooks: ALL },
  { name: 'answers-never', body: `return { value: new Promise(() => undefined) };`, hooks: ALL },
  { name: 'answers-later', body: `return { value: Promise.resolve([]) };`, hooks: ALL },
  {
    name: 'answers-proxy',
    body: `return { value: new Proxy([], { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } }) };`,
    hooks: ALL,
  },
  {
    name: 'answers-exiting-proxy',
    body: `return { value: new Proxy([], { get() { process.exit(0); }, ownKeys() { process.exit(0); }, getPrototypeOf() { process.exit(0); } }) };`,
    hooks: ALL,
  },
  {
    name: 'answers-getter',
    body: `return { value: { get start() { throw 1; }, get ask() { throw 1; }, get length() { throw 1; }, get next() { throw 1; } } };`,
    hooks: ALL,
  },
  { name: 'answers-cycle', body: `const value = []; value.push(value); return { value };`, hooks: ALL },
  {
    name: 'creates-half',
    body: `return { value: { start: () => null, ask: () => [] } };`,
    hooks: CREATING,
  },
  { name: 'keeps-nan', body: `return { value: { next: NaN } };`, hooks: KEEPING },
  { name: 'keeps-map', body: `return { value: new Map([['next', 0]]) };`, hooks: KEEPING },
  { name: 'keeps-bigint', body: `return { value: { next: 0n } };`, hooks: KEEPING },
  {
    name: 'keeps-gigabyte',
    body: `const text = 'x'.repeat(2 ** 28); return { value: [text, text, text, text] };`,
    hooks: KEEPING,
  },
  { name: 'asks-nan', body: `return { value: [[NaN, 0]] };`, hooks: ASKING },
  { name: 'asks-outside', body: `return { value: [[0, 99]] };`, hooks: ASKING },
  { name: 'asks-below', body: `return { value: [[-1, 0]] };`, hooks: ASKING },
  { name: 'asks-between', body: `return { value: [[0.5, 0]] };`, hooks: ASKING },
  { name: 'asks-text', body: `return { value: [['0', 0]] };`, hooks: ASKING },
  { name: 'asks-short', body: `return { value: [[0]] };`, hooks: ASKING },
  { name: 'asks-long', body: `return { value: [new Array(1e6).fill(0)] };`, hooks: ASKING },
  { name: 'asks-huge', body: `return { value: new Array(2 ** 32 - 1) };`, hooks: ASKING },
  { name: 'asks-holes', body: `return { value: new Array(5) };`, hooks: ASKING },
  { name: 'asks-again-for-ever', body: `return { value: [[0, 0]] };`, hooks: ASKING, isHarmless: true },
  {
    name: 'breaks-later',
    body: `if (given[0].next >= 2) throw new Error('out of luck');`,
    hooks: ['strategy.ask', 'strategy.tell'],
  },
  {
    name: 'exits-later',
    body: `if (given[0].next >= 2) process.exit(0);`,
    hooks: ['strategy.ask', 'strategy.tell'],
  },
  { name: 'writes-to-its-state', body: `given[0].next += 1;`, hooks: ['strategy.ask', 'strategy.tell'] },
  { name: 'writes-to-results', body: `given[1][0].costs = [0];`, hooks: ['strategy.tell'] },
  { name: 'writes-to-the-problem', body: `given[1].space.axes.length = 0;`, hooks: CREATING },
];
