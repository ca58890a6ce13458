import type { LayerExecution } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep } from '../../testing/fake-records.js';
import { withExecutions } from '../../testing/fake-executions.js';
import { buildReport } from '../build-report.js';
import { recordsSource } from '../points/source.js';
import { readReport } from '../page/sweep/state/report.js';
import { ExecutionPacker, PICTURE_BUDGET, readExecution } from './execution-data.js';
import { toPageData } from './page-data.js';

const found: LayerExecution = {
  cyclesAnalytical: 7,
  stalls: { '<img onerror>': 1.5, constructor: 2 },
  shares: { share: 1 / 3 },
  histograms: { additions: [5, 0, 1] },
  maps: { masks: [[0.1234, 1], [0, 0.5]] }, // prettier-ignore
};
/** What the layers of some points found, packed point by point. */
function packed(...points: readonly (readonly (LayerExecution | undefined)[])[]) {
  const packer = new ExecutionPacker();
  const found = points.map((executions) =>
    packer.addPoint(executions.map((execution) => (execution === undefined ? {} : { execution }))),
  );
  return { found, table: packer.finish() };
}

describe('what executions found, in the page', () => {
  it('reads as it was packed, shares of maps to a thousandth', () => {
    const { table, found: points } = packed([undefined, found], [undefined]);
    expect(points).toEqual([{ executions: [-1, 0] }, {}]);
    expect(readExecution(0, table)).toEqual({
      ...found,
      shares: { share: 0.333333 },
      maps: { masks: [[0.123, 1], [0, 0.5]] }, // prettier-ignore
    });
    expect([readExecution(-1, table), readExecution(undefined, table), readExecution(0, undefined)]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });

  it('has equal executions and equal pictures once', () => {
    const slower = { ...found, cyclesAnalytical: 8 };
    const { table, found: points } = packed([found, found], [slower]);
    expect(points.map(({ executions }) => executions)).toEqual([[0, 0], [1]]);
    expect(table?.found).toHaveLength(2);
    expect(table?.pictures).toEqual([
      [5, 0, 1],
      [2, 123, 1000, 0, 500],
    ]);
  });

  it('leaves out pictures that have no room, and keeps stalls and those that are there already', () => {
    const long = (value: number): LayerExecution => ({
      ...{ cyclesAnalytical: 1, stalls: { dram: value } },
      histograms: { h: Array.from({ length: 0.6 * PICTURE_BUDGET }, () => value) },
    });
    const { table, found: points } = packed([long(1)], [long(2)], [long(1)]);
    expect(points.map(({ withoutPictures }) => withoutPictures)).toEqual([undefined, true, undefined]);
    expect(readExecution(1, table)).toMatchObject({ stalls: { dram: 2 }, histograms: {} });
    expect(points[2]?.executions).toEqual([0]);
  });

  it('takes no byte of a page without executions', () => {
    const options = { layers: 3 };
    const data = toPageData(buildReport(fakeSweep(options), recordsSource(fakeRecords(options))));
    expect(data).not.toHaveProperty('executions');
    expect(JSON.stringify(data)).not.toMatch(/execution|withoutPictures/i);
  });

  it('gives pictures to the fronts first', () => {
    const widths = Array.from({ length: 30 }, (_, i) => 0.2 + i / 30);
    const records = withExecutions(fakeRecords({ widths, layers: 9 }), (execution, { energyPj }) => ({
      ...execution,
      histograms: { h: Array.from({ length: 200 }, () => energyPj) },
    }));
    const { points } = readReport(toPageData(buildReport(fakeSweep({ widths }), recordsSource(records))));
    const left = points.filter(({ withoutPictures }) => withoutPictures);
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ rank }) => rank !== 1)).toBe(true);
    expect(points.some(({ rank, withoutPictures }) => rank !== 1 && !withoutPictures)).toBe(true);
  });
});
