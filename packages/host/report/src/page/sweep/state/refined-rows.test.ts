import { describe, expect, it } from 'vitest';
import { twoStepReport } from '../../../../testing/small-report.js';
import { comparedMetrics, refinedLead, refinedRows, standingOf } from './refined-rows.js';

const report = twoStepReport(
  [
    { cycles: 100, energyPj: 400, macs: 7, utilization: 0.5 },
    { cycles: 200, energyPj: 200, macs: 7, utilization: 0.5 },
    { cycles: 300, energyPj: 300, macs: 7, utilization: 0.5 },
  ],
  [
    { cycles: 150, energyPj: 400, macs: 7, utilization: 0.4 },
    { cycles: 220, energyPj: 400, macs: 7, utilization: 0.5 },
  ],
);
const rows = refinedRows(report);

describe('screened and refined points', () => {
  it('stand side by side in the order of the points', () => {
    expect(rows.map(({ before, after }) => [before.id, after.id])).toEqual([
      ['s0', 'r0'],
      ['s1', 'r1'],
    ]);
    expect(rows[1]?.change).toMatchObject({ cycles: expect.closeTo(0.1, 12) as number, energyPj: 1, macs: 0 });
  });

  it('are compared in the objectives, and in what else changes', () => {
    expect(comparedMetrics(report, rows)).toEqual(['cycles', 'energyPj', 'utilization']);
    const bounded = { ...report, summary: { ...report.summary, constraints: [{ metric: 'macs', max: 9 }] } };
    expect(comparedMetrics(bounded, rows)).toEqual(['cycles', 'energyPj', 'macs', 'utilization']);
  });

  it('have a standing in words', () => {
    expect(rows.map(({ after }) => standingOf(after))).toEqual(['on the front', 'rank 2']);
    const off = { ...report.byId.get('s2')!, code: 'ARCHON_POINT_TIMEOUT' };
    expect(standingOf({ ...off, state: 'failed' })).toBe('ARCHON_POINT_TIMEOUT');
    expect(standingOf({ ...off, state: 'constraint' })).toBe('outside constraints');
    expect(standingOf({ ...off, state: 'notFinite' })).toBe('no finite objective');
  });

  it('are summed up in three sentences', () => {
    expect(refinedLead(report, rows)).toBe(
      'The front again with accelerator.options.fidelity executed. 1 of 2 are on the front, which is made of refined points only. ' +
        'From screened to refined: cycles +10 % to +50 %, energy same to +100 %.',
    );
  });
});
