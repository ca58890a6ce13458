import { describe, expect, it } from 'vitest';
import { smallReport, twoStepReport } from '../../../../testing/small-report.js';
import { BY_GROUP, coloring } from './coloring.js';
import { marksOf, refinedMoves, type View } from './marks.js';

describe('marks', () => {
  const view: View = { x: 'cycles', y: 'energyPj', logX: true, logY: true, zoom: false, outside: false };
  const report = smallReport([
    { cycles: 0, energyPj: 5 },
    { cycles: 2, energyPj: -1 },
    { cycles: 3, energyPj: 3 },
    { cycles: 4, energyPj: 2, accuracy: 0.5 },
  ]);
  const all = new Uint8Array(4).fill(1);
  const by = coloring(report, BY_GROUP);

  it('say how many a logarithmic axis has no place for', () => {
    const { notes, order } = marksOf(report, view, by, all);
    expect(notes).toEqual(['2 points at or below 0, for which a logarithmic axis has no place']);
    expect(order.map(({ metrics }) => metrics['cycles'])).toEqual([3, 4]);
    expect(marksOf(report, { ...view, logX: false, logY: false }, by, all).notes).toEqual([]);
  });

  it('say how many have no value', () => {
    const { notes } = marksOf(report, { ...view, x: 'accuracy', logX: false, logY: false }, by, all);
    expect(notes).toEqual(['3 points without a value on both axes']);
  });

  it('are told apart by what passes', () => {
    const { sets } = marksOf(report, { ...view, logX: false, logY: false }, by, Uint8Array.of(1, 0, 0, 0));
    const drawn = sets.flatMap(({ passing: passes, marks }) => (passes ? marks.map(([, , i]) => i) : []));
    expect(drawn).toEqual([0]);
    expect(sets.reduce((sum, { marks }) => sum + marks.length, 0)).toBe(4);
  });

  it('of screened points are the faintest, and lead to what was refined', () => {
    const steps = twoStepReport(
      [
        { cycles: 1, energyPj: 4 },
        { cycles: 4, energyPj: 1 },
        { cycles: 5, energyPj: 5 },
      ],
      [
        { cycles: 2, energyPj: 4 },
        { cycles: 4, energyPj: -2 },
      ],
    );
    const linear = { ...view, logX: false, logY: false };
    const marks = marksOf(steps, linear, coloring(steps, BY_GROUP), new Uint8Array(5).fill(1));
    expect(marks.sets.map(({ tier, marks: of }) => [tier, of.length])).toEqual([
      ['screened', 3],
      ['front', 2],
    ]);
    const moves = (drawn: typeof marks) => refinedMoves(steps, drawn).map((move) => move.map(({ id }) => id));
    expect(moves(marks)).toEqual([
      ['s0', 'r0'],
      ['s1', 'r1'],
    ]);
    const logarithmic = marksOf(steps, view, coloring(steps, BY_GROUP), new Uint8Array(5).fill(1));
    expect(moves(logarithmic)).toEqual([['s0', 'r0']]);
  });
});
