import { diagnosticsOf } from '../../../test/diagnostics.js';
import type { Choices, SearchProblem, SearchResult, SearchSpace } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketCost, bracketStart } from './bracket.js';
import { halving } from './halving.js';

const axis = (name: string, values: SearchSpace['axes'][number]['values'], when: [] = []) => ({ name, values, isOrdered: true, when }); // prettier-ignore
const EPOCHS = axis('stages[0].options.epochs', [1, 3, 9]);
const WIDTH = axis('network.options.width', { from: 0, step: 1, count: 1000 });
const space: SearchSpace = { axes: [WIDTH, EPOCHS], constraints: [] };
const problem: SearchProblem = { space, objectives: 1, seed: 1, budget: 1000 };
const ok = (choices: Choices, ...costs: number[]): SearchResult => {
  return { choices, state: 'ok', costs, violation: 0, group: '' };
};
const createdWith = (options: Parameters<typeof halving.create>[0], changes: Partial<SearchProblem> = {}) =>
  halving.create(options, { ...problem, ...changes });

describe('a bracket of nine points, by hand', () => {
  const strategy = createdWith({ points: 9 });
  const first = strategy.ask(strategy.start());
  const widths = first.map(([width = 0]) => width);
  /** The design asked for at this place is the best of them at 5, then at 2, then at 7. */
  const costs = [9, 8, 2, 7, 6, 1, 5, 3, 4];

  it('goes 9, 3, 1, and begins again with others', () => {
    expect(first.map(([, rung]) => rung)).toEqual(new Array(9).fill(0));
    expect(new Set(widths).size).toBe(9);
    const second = strategy.tell(strategy.start(), first.map((choices, index) => ok(choices, costs[index] ?? 0))); // prettier-ignore
    expect(strategy.ask(second)).toEqual([[widths[5], 1], [widths[2], 1], [widths[7], 1]]); // prettier-ignore
    const third = strategy.tell(second, [ok([widths[5] ?? 0, 1], 4), ok([widths[2] ?? 0, 1], 3), ok([widths[7] ?? 0, 1], 5)]); // prettier-ignore
    expect(strategy.ask(third)).toEqual([[widths[2], 2]]);
    const next = strategy.ask(strategy.tell(third, [ok([widths[2] ?? 0, 2], 1)]));
    expect(next).toHaveLength(9);
    expect(next.filter(([width, rung]) => rung !== 0 || widths.includes(width ?? 0))).toEqual([]);
  });

  it('takes points that no other dominates first, then those that are most alone', () => {
    const objectives = [[0, 8], [1, 7], [4, 4], [5, 3.5], [8, 0], [5, 5], [6, 6], [7, 7], [8, 8]]; // prettier-ignore
    const told = strategy.tell(strategy.start(), first.map((choices, index) => ok(choices, ...(objectives[index] ?? [])))); // prettier-ignore
    // the ends of the first front; then its distances: [1, 7] (4 + 4)/8, [4, 4] (4 + 3.5)/8, [5, 3.5] (4 + 4)/8: the earlier of two
    expect(strategy.ask(told).map(([width]) => width)).toEqual([widths[0], widths[4], widths[1]]);
  });

  it('sends nothing on that failed, and what breaks a constraint last', () => {
    const results = first.map((choices, index): SearchResult => {
      if (index < 6) return { choices, state: 'failed', group: '' };
      return { ...ok(choices, index), violation: index === 6 ? 1 : 0 };
    });
    const widthsOf = (told: readonly SearchResult[]) =>
      strategy.ask(strategy.tell(strategy.start(), told)).map(([width]) => width);
    expect(widthsOf(results)).toEqual([widths[7], widths[8], widths[6]]);
    expect(widthsOf(results.map((one, index) => (index === 8 ? one : { ...one, state: 'failed' })))).toEqual([widths[8]]); // prettier-ignore
    const none = strategy.tell(strategy.start(), first.map((choices) => ({ choices, state: 'failed', group: '' }))); // prettier-ignore
    expect(strategy.ask(none)).toHaveLength(9);
  });
});

describe('any bracket', () => {
  it('keeps one of so many on each rung, and costs no more than there is room for', () => {
    const sizes = { points: fc.integer({ min: 1, max: 60 }), eta: fc.integer({ min: 2, max: 5 }) };
    const rooms = { rungs: fc.integer({ min: 2, max: 5 }), budget: fc.integer({ min: 5, max: 300 }) };
    const check = ({
      points,
      eta,
      rungs,
      budget,
      seed,
    }: Record<'points' | 'eta' | 'rungs' | 'budget' | 'seed', number>) => {
      const epochs = axis('stages[0].options.epochs', { from: 1, factor: 2, count: rungs });
      const strategy = createdWith({ points, eta }, { budget, seed, space: { ...space, axes: [WIDTH, epochs] } });
      const batches: (readonly Choices[])[] = [];
      for (let state = strategy.start(); ;) {
        const asked = strategy.ask(state);
        if (asked.length === 0) break;
        batches.push(asked);
        state = strategy.tell(state, asked.map((choices) => ok(choices, ((choices[0] ?? 0) * 7919) % 1009))); // prettier-ignore
      }
      for (const [index, batch] of batches.entries()) {
        const rung = index % rungs;
        expect(batch.every((choices) => choices[1] === rung)).toBe(true);
        if (rung > 0) expect(batch.length).toBe(Math.ceil((batches[index - 1]?.length ?? 0) / eta));
      }
      const total = batches.flat().length;
      expect(new Set(batches.flat().map((choices) => choices.join())).size).toBe(total);
      expect(total).toBeLessThanOrEqual(budget);
      expect(budget - total).toBeLessThan(rungs); // room for not even one design
      expect(batches.length % rungs).toBe(0);
    };
    fc.assert(fc.property(fc.record({ ...sizes, ...rooms, seed: fc.nat() }), check));
  });

  it('begins with as many as there is room for', () => {
    expect(bracketCost(27, { eta: 3, rungs: 4 })).toBe(27 + 9 + 3 + 1);
    expect(bracketStart(27, { eta: 3, rungs: 4, room: 40 })).toBe(27);
    expect(bracketStart(27, { eta: 3, rungs: 4, room: 39 })).toBe(26);
    expect(bracketStart(27, { eta: 3, rungs: 4, room: 3 })).toBe(0);
  });

  it('ends when there are no other designs', () => {
    const small = { ...space, axes: [axis('network.options.width', [1, 2]), EPOCHS] };
    const strategy = createdWith({ points: 9 }, { space: small });
    const first = strategy.ask(strategy.start());
    expect(first).toHaveLength(2);
    const state = strategy.tell(strategy.start(), first.map((choices) => ({ choices, state: 'failed', group: '' }))); // prettier-ignore
    expect(strategy.ask(state)).toEqual([]);
  });
});

describe('the axis of effort', () => {
  const problemOf = (options: Parameters<typeof halving.create>[0], ...axes: SearchSpace['axes']) =>
    diagnosticsOf(() => createdWith(options, { space: { axes, constraints: [] } }))[0];

  it('is found by its path or by its option', () => {
    expect(createdWith({}).effort).toBe(1);
    expect(createdWith({ resource: 'network.options.width' }).effort).toBe(0);
  });

  it.each([
    [{}, [WIDTH], 'is no axis of the sweep'],
    [{ resource: 'epoch' }, [WIDTH, EPOCHS], 'is no axis of the sweep'],
    [{}, [EPOCHS, { ...EPOCHS, name: 'stages[1].options.epochs' }], 'is the axis of several entries'],
    [{}, [WIDTH, { ...EPOCHS, when: [{ axis: 0, choices: [1] }] }], 'is an axis that some points do not have'],
    [{}, [{ ...EPOCHS, values: [9, 3, 1] }], 'is an axis whose values do not rise from the first to the last'],
    [{}, [{ ...EPOCHS, values: [3] }], 'is an axis whose values do not rise from the first to the last'],
  ])('%j of %j %s', (options, axes, message) => {
    const found = problemOf(options, ...axes);
    expect(found).toMatchObject({ code: 'ARCHON_BAD_OPTION', path: 'options.resource' });
    expect(found?.message).toMatch(new RegExp(`^resource "\\w+" ${message}$`));
  });

  it('needs a budget with which one design goes all the way', () => {
    expect(diagnosticsOf(() => createdWith({}, { budget: 2 }))[0]).toMatchObject({
      code: 'ARCHON_BAD_OPTION',
      message: 'resource "epochs" has 3 values, and the budget is 2 points',
      expected: 'a budget of at least 3 points, with which one design goes through all values',
      path: 'options.resource',
    });
    expect(createdWith({}, { budget: 3 }).effort).toBe(1);
  });

  it('says which would do', () => {
    expect(problemOf({ resource: 'epoch' }, WIDTH, EPOCHS)).toMatchObject({
      expected: 'one of: network.options.width, stages[0].options.epochs',
      hint: 'Did you mean "epochs"?',
    });
  });
});
