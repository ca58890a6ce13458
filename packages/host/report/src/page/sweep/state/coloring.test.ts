import { describe, expect, it } from 'vitest';
import { fakeReport } from '../../../../testing/small-report.js';
import { coloring, colorChoices, firstColoring, NO_CLASS } from './coloring.js';

describe('colouring', () => {
  const report = fakeReport();

  it('is by any option and any metric that varies', () => {
    const keys = colorChoices(report).map(([key]) => key);
    expect(keys).toContain('accelerator.options.glbKib');
    expect(keys).toContain('metric:edpPjCycles');
    expect(keys).not.toContain('accelerator.options.meshY');
    expect(firstColoring(report)).toBe('network');
  });

  it('gives each value a mark of its own', () => {
    const { classes, classOf } = coloring(report, 'accelerator.options.meshX');
    const looks = classes.map(({ shape, hollow }) => `${shape} ${hollow}`);
    expect(new Set(looks).size).toBe(4);
    expect(classOf).toHaveLength(report.points.length);
    expect(new Set(classOf).size).toBe(4);
  });

  it('puts the rest of many values together', () => {
    const widths = Array.from({ length: 14 }, (_, i) => `archon/n${i}`);
    const many = fakeReport({ variants: widths, layers: 3 });
    const { classes, legend } = coloring(many, 'network');
    expect(classes).toHaveLength(10);
    expect(legend).toMatchObject({ texts: expect.arrayContaining(['5 others']) });
    expect(new Set(classes.map(({ color }) => color('light'))).size).toBe(10);
  });

  it('by a metric goes from its lowest to its highest value, and shows absent ones as such', () => {
    const { classOf, legend } = coloring(report, 'metric:cycles');
    const cycles = report.points.map(({ metrics }) => metrics['cycles'] ?? NaN);
    const known = cycles.filter((value) => !Number.isNaN(value));
    expect(classOf[cycles.indexOf(Math.min(...known))]).toBe(0);
    expect(classOf[cycles.indexOf(Math.max(...known))]).toBe(15);
    expect(cycles.every((value, i) => Number.isNaN(value) === (classOf[i] === NO_CLASS))).toBe(true);
    expect(legend).toMatchObject({ kind: 'scale', title: 'Cycles', low: report.show('cycles', Math.min(...known)) });
  });
});
