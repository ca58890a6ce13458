import { expect, test } from 'vitest';
import { LoopOrders, permutations } from './mapspace-orders.js';
import { DIMS, type Dim } from './problem.js';
import { dimMask, relevanceOf } from './relevance.js';

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
