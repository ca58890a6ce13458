import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../model/evaluate.js';
import type { Loop } from '../model/mapping.js';
import { LoopOrders, permutations } from './orders.js';
import { DATA_SPACES, DIMS, type Dim } from '../model/problem.js';
import { dimMask, relevanceOf } from '../model/relevance.js';

const layer = { C: 8, M: 8, R: 1, S: 1, P: 8, Q: 8, N: 1, strideP: 1, strideQ: 1 };
const names = (orders: readonly (readonly number[])[]): string[] =>
  orders.map((order) => order.map((dim) => DIMS[dim]).join(''));
const dims = (text: string): number[] => [...text].map((dim) => DIMS.indexOf(dim as Dim));

test('without windows one order for each data space that can stay', () => {
  const orders = new LoopOrders([], relevanceOf(layer));
  // Inputs stay under M, Weights under P and Q, Outputs under C.
  expect(names(orders.of(dimMask('C', 'M', 'P', 'Q')))).toEqual(['CMPQ', 'MPQC', 'CPQM']);
  expect(names(orders.of(dimMask('P', 'Q')))).toEqual(['PQ']);
  expect(names(orders.of(0))).toEqual(['']);
});

test('a pinned order is kept, and dimensions it leaves out go inside', () => {
  const relevance = relevanceOf(layer);
  expect(names(new LoopOrders(dims('MPC'), relevance).of(dimMask('C', 'M', 'P')))).toEqual(['MPC']);
  expect(names(new LoopOrders(dims('MPC'), relevance).of(dimMask('C', 'M')))).toEqual(['MC']);
  expect(names(new LoopOrders(dims('M'), relevance).of(dimMask('C', 'M', 'P')))).toEqual(['MCP', 'MPC']);
});

test('where windows slide, orders of the loops inside the last jump all stay', () => {
  const orders = new LoopOrders([], relevanceOf({ ...layer, R: 3, S: 3 }));
  const all = names(orders.of(dimMask('M', 'P', 'Q')));
  expect(all).toHaveLength(6);
  expect(names(orders.of(dimMask('C', 'P', 'Q')))).toEqual(['CPQ', 'CQP', 'PCQ', 'PQC', 'QCP']);
});

test('no order that was dropped beats those that stay, whatever loops are further in', () => {
  const level = { name: '', keeps: DATA_SPACES, blockSize: 1, meshX: 1, meshY: 1 };
  const architecture = {
    levels: [100, 10, 1].map((accessEnergyPj) => ({ ...level, accessEnergyPj })),
    macs: 1,
    macEnergyPj: 0,
  };
  const bounds = fc.array(fc.constantFrom(1, 2, 3), { minLength: DIMS.length, maxLength: DIMS.length });
  const inner = fc.shuffledSubarray([...DIMS.keys()], { minLength: DIMS.length });
  fc.assert(
    fc.property(fc.tuple(bounds, bounds, bounds), inner, fc.boolean(), ([outer, middle, tile], order, depthwise) => {
      const free = [...outer.keys()].filter((dim) => outer[dim]! > 1 && !(depthwise && dim === 0)).slice(0, 5);
      const loops = (dims: readonly number[], of: readonly number[]): Loop[] =>
        dims
          .filter((dim) => of !== outer || free.includes(dim))
          .filter((dim) => !(depthwise && dim === 0))
          .map((dim) => ({ dim: DIMS[dim]!, bound: of[dim]!, kind: 'temporal' }));
      const inside = [loops(order, middle), loops(order, tile)];
      const size = (dim: number): number =>
        [...inside.flat(), ...loops(free, outer)].reduce((n, l) => (l.dim === DIMS[dim] ? n * l.bound : n), 1);
      const sizes = Object.fromEntries(DIMS.map((name, dim) => [name, size(dim)])) as Record<Dim, number>;
      const problem = { ...sizes, strideP: 1, strideQ: 2, depthwise };
      const least = (orders: readonly (readonly number[])[]): number =>
        Math.min(...orders.map((own) => evaluate(problem, architecture, [loops(own, outer), ...inside]).energyPj));
      const kept = new LoopOrders([], relevanceOf(problem)).of(free.reduce((mask, dim) => mask | (1 << dim), 0));
      expect(least(kept)).toBe(least(permutations(free)));
    }),
    { numRuns: 300, seed: 3 },
  );
});

test('permutations', () => {
  expect(permutations([1, 2, 3])).toEqual([
    [1, 2, 3],
    [1, 3, 2],
    [2, 1, 3],
    [2, 3, 1],
    [3, 1, 2],
    [3, 2, 1],
  ]);
});
