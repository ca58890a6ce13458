import { csvOf } from '../../render/csv.js';
import type { Report } from './state/report.js';

/** Saves the points that pass as a file like `pareto.csv`, points off the fronts among them. */
export function saveSelection({ points, summary, columns }: Report, mask: Uint8Array): void {
  const passing = points.filter(({ index }) => mask[index] === 1);
  const text = csvOf(passing, { ...summary, columns });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = `${summary.name.replace(/[^\w.-]+/g, '-')}-selection.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
