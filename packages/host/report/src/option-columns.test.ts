import type { Point } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { flattenPoint, pointLabel } from './option-columns.js';
import { OptionRows } from './points/option-rows.js';

type Row = ReturnType<typeof flattenPoint>;

/** Columns and order of some rows. */
function tableOf(rows: readonly Row[]) {
  const table = new OptionRows();
  for (const [row, options] of rows.entries()) table.set(row, options);
  return table.finish(rows.map((_, row) => String(row)));
}

const optionColumns = (rows: readonly Row[]) => tableOf(rows).columns;

function point(width: number | string, ratio?: number): Point {
  return {
    network: { use: 'archon/net', options: { width } },
    stages: ratio === undefined ? [] : [{ use: 'archon/prune', options: { ratio, width: 1 } }],
    accelerator: { use: 'archon/dense', options: { meshX: 8 } },
    seed: 1,
  };
}

describe('option columns', () => {
  const rows = [point(10), point(9, 0.5), point('auto')].map(flattenPoint);
  const columns = optionColumns(rows);

  it('are keyed by paths in the order network, stages, accelerator', () => {
    expect(columns.map(({ key }) => key)).toEqual([
      'network',
      'network.options.width',
      'stages[0]',
      'stages[0].options.ratio',
      'stages[0].options.width',
      'accelerator',
      'accelerator.options.meshX',
    ]);
  });

  it('have short names where these are unambiguous', () => {
    expect(columns.map(({ label }) => label)).toEqual([
      'network',
      'network.width',
      'stages[0]',
      'ratio',
      'stages[0].width',
      'accelerator',
      'meshX',
    ]);
  });

  it('are those of the members of a map', () => {
    const accelerator = { use: 'a/b', options: { pe: { lanes: 4, spad: {} }, mesh: [1] } };
    expect(Object.entries(flattenPoint({ ...point(1), accelerator })).slice(2)).toEqual([
      ['accelerator', 'a/b'],
      ['accelerator.options.pe.lanes', 4],
      ['accelerator.options.pe.spad', {}],
      ['accelerator.options.mesh', [1]],
    ]);
  });

  it('list values by size, texts after numbers', () => {
    expect(columns[1]).toMatchObject({ values: [9, 10, 'auto'], varies: true });
    expect(columns[6]).toMatchObject({ values: [8], varies: false });
  });

  it('vary when contributions do, and an option when points of one contribution differ in it', () => {
    expect(columns[2]).toMatchObject({ key: 'stages[0]', varies: true });
    expect(columns[3]).toMatchObject({ values: [0.5], varies: false });
    const on = (use: string, options: Point['accelerator']['options']) =>
      flattenPoint({ ...point(1), accelerator: { use, options } });
    const rows = [
      on('archon/dense', { meshX: 4, glbKib: 100 }),
      on('archon/dense', { meshX: 8, glbKib: 100 }),
      on('archon/sparse', { meshX: 8, glbKib: 200, density: 0.2 }),
    ];
    const varied = optionColumns(rows).filter(({ varies }) => varies);
    expect(varied.map(({ label }) => label)).toEqual(['accelerator', 'meshX']);
    expect(rows.map((row) => pointLabel(row, varied))).toEqual(['dense, meshX 4', 'dense, meshX 8', 'sparse, meshX 8']);
  });

  it('of a document vary within those of its name, and are called by as little as tells them', () => {
    const on = (name: string, words: number, ports: number) => {
      const levels = [
        { name: 'ram', words, ports },
        { name: 'spad', words: 4, ports: 1 },
      ];
      return flattenPoint({
        ...point(1),
        accelerator: { use: 'a/b', options: { array: { name, from: `paper of ${name}`, levels } } },
      });
    };
    const rows = [on('A', 1, 1), on('A', 2, 1), on('B', 8, 2)];
    const varied = optionColumns(rows).filter(({ varies }) => varies);
    expect(varied.map(({ label }) => label)).toEqual(['array', 'ram.words']);
    expect(rows.map((row) => pointLabel(row, varied))).toEqual([
      'array A, ram.words 1',
      'array A, ram.words 2',
      'array B, ram.words 8',
    ]);
  });

  it('order and label the points', () => {
    const sorted = [...tableOf(rows).order].map((row) => rows[row] ?? {});
    expect(sorted.map((row) => pointLabel(row, columns))).toEqual([
      'network.width 9, prune',
      'network.width 10',
      'network.width auto',
    ]);
  });
});
