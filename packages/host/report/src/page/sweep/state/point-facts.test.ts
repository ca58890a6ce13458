import { describe, expect, it } from 'vitest';
import { fakeReport, smallReport, twoStepReport } from '../../../../testing/small-report.js';
import { badgesOf, energyParts, metricCells, stepOnFront } from './point-facts.js';

const report = smallReport([
  { cycles: 10, energyPj: 40 },
  { cycles: 20, energyPj: 20 },
  { cycles: 40, energyPj: 10 },
  { cycles: 50, energyPj: 50 },
]);
const [first, , , last] = report.points;

describe('facts of a point', () => {
  it('are its rank and what it is best in', () => {
    expect(badgesOf(first!, report).map(({ text }) => text)).toEqual(['Pareto front', 'least cycles']);
    expect(badgesOf(last!, report).map(({ text }) => text)).toEqual(['rank 2']);
  });

  it('are what a point of two steps is', () => {
    const steps = twoStepReport([{ cycles: 1, energyPj: 1 }], [{ cycles: 2, energyPj: 1 }]);
    const texts = (id: string) => badgesOf(steps.byId.get(id)!, steps).map(({ text }) => text);
    expect(texts('s0')).toEqual(['screened']);
    expect(texts('r0').slice(0, 2)).toEqual(['Pareto front', 'refined']);
  });

  it('are the error of a failed one, and that another is outside constraints', () => {
    const fake = fakeReport();
    const of = (state: string) =>
      badgesOf(
        fake.points.find((point) => point.state === state)!,
        fake,
      );
    expect(of('failed')).toEqual([{ text: 'ARCHON_NO_MAPPING', kind: 'bad' }]);
    expect(of('constraint')).toEqual([{ text: 'outside constraints', kind: 'warn' }]);
  });

  it('are its metrics and how far they are from the best', () => {
    const cells = Object.fromEntries(
      metricCells(last!, report).map(({ title, value, note }) => [title, [value, note]]),
    );
    expect(cells).toMatchObject({ Cycles: ['50', '5 × best'], Energy: ['50 pJ', '5 × best'], Area: ['1 µm²', ''] });
    expect(metricCells(first!, report)[0]).toMatchObject({ note: 'best', isObjective: true });
  });

  it('are the parts of its energy, the largest first, with their data spaces', () => {
    const point = { ...first!, energyByName: () => ({ mac: 20, 'glb/W': 50, 'glb/I': 10, spad: 0 }) };
    expect(energyParts(point).map(({ name, energy, share, split }) => [name, energy, share, split])).toEqual([
      ['glb', '60 pJ', 0.75, 'W 62.5 % · I 12.5 %'],
      ['mac', '20 pJ', 0.25, ''],
      ['spad', '0 pJ', 0, ''],
    ]);
    expect(energyParts({ ...first!, energyByName: () => ({}) })).toEqual([]);
  });
});

describe('steps along a front', () => {
  it('go round, and from a point off it to its ends', () => {
    const front = ['a', 'b', 'c'];
    expect(stepOnFront(front, 'a', 1)).toBe('b');
    expect(stepOnFront(front, 'c', 1)).toBe('a');
    expect(stepOnFront(front, 'a', -1)).toBe('c');
    expect(stepOnFront(front, 'x', 1)).toBe('a');
    expect(stepOnFront(front, 'x', -1)).toBe('c');
  });
});
