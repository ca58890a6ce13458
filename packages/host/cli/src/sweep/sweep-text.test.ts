import type { EvaluationRecord, Sweep } from '@archon-dse/core';
import { buildReport, recordsSource } from '@archon-dse/report';
import { expect, it } from 'vitest';
import { sweepText } from './sweep-text.js';

const sweep: Sweep = {
  ...{ apiVersion: 'archon/v1', name: 'x', plugins: [], seed: 1, networks: [], stages: [], accelerators: [] },
  objectives: [
    { metric: 'cycles', direction: 'minimize' },
    { metric: 'energyPj', direction: 'minimize' },
  ],
  constraints: [],
  groupBy: 'network.options.width',
  executor: { kind: 'serial' },
};

/** What is printed at the end of a sweep of points with a width, cycles and energy each. */
function printed(points: readonly (readonly [width: number, cycles: number, energyPj: number])[]): readonly string[] {
  const records = points.map(([width, cycles, energyPj], at): EvaluationRecord => ({
    ...{ schemaVersion: 1, pointId: `p${String(at)}`, status: 'ok', metrics: { cycles, energyPj }, layers: [] },
    point: {
      network: { use: 'n', options: { width } },
      ...{ stages: [], accelerator: { use: 'a', options: { at } }, seed: 1 },
    },
    provenance: { plugins: [], engine: 'e', seed: 1, prices: {} },
    timing: { startedAt: '', wallMs: 0, worker: 0 },
  }));
  const total = records.length;
  const counts = { total, ok: total, failed: 0, skipped: 0, duplicates: 0 };
  const result = { counts, interrupted: false, sweepChanged: false, changed: [] };
  const places = { out: 'out', folders: new Map<string, string>() };
  return sweepText(buildReport(sweep, recordsSource(records)), result as never, places).split('\n');
}

/** A front of three points with the knee in the middle. */
const bulge = (width: number) => [[width, 1, 9] as const, [width, 2, 2] as const, [width, 9, 1] as const];

it('shows one point of each group of a long front: its knee, or its best where it has none', () => {
  const straight = [[5, 8, 1] as const, [5, 7, 2] as const];
  const lines = printed([...[1, 2, 3, 4].flatMap(bulge), ...straight]);
  const title = lines.findIndex((line) => line.startsWith('14 points are on the front'));
  expect(lines[title]).toMatch(/; the knee of each group, or its best in cycles where it has none:$/);
  const rows = lines.slice(title + 2, lines.indexOf('', title));
  expect(rows.map((row) => row.trim().split(/\s+/).slice(0, 2).join(' '))).toEqual(['1 2', '2 2', '3 2', '4 2', '5 7']);
  expect(rows.map((row) => row.endsWith('(knee)'))).toEqual([true, true, true, true, false]);
  expect(printed([1, 2, 3, 4, 5].flatMap(bulge))).toContain('15 points are on the front; the knee of each group:');
});

it('ends after some groups, and says of how many more it could tell', () => {
  const lines = printed(Array.from({ length: 300 }, (_, width) => [width, 1, 1] as const));
  expect(lines.filter((line) => / 1 pJ /.test(line))).toHaveLength(12);
  expect(lines).toContain('and 288 more groups in the report');
});
