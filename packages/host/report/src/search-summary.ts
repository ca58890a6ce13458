import type { Search } from '@archon-dse/core';
import { valueText } from './option-columns.js';
import type { PointTable } from './points/point-table.js';
import type { SearchSummary } from './report-model.js';
import { countText } from './units.js';

/**
 * A search with what its points say of it.
 *
 * @param effort - path of the axis of effort, where it has one
 */
export function searchSummary(
  search: Search,
  { options: { columns, codes } }: Pick<PointTable, 'options'>,
  effort: string | undefined,
): SearchSummary {
  const place = columns.findIndex(({ key }) => key === effort);
  const column = columns[place];
  if (column === undefined) return search;
  const counts = new Uint32Array(column.values.length);
  for (const code of codes[place] ?? []) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const values = column.values.map((value, code) => ({ value, points: counts[code] ?? 0 }));
  return { ...search, rungs: { key: column.key, label: column.label, values } };
}

/** What a search is, in a few words each: strategy and options, budget, seed, rungs. */
export function searchWords({ strategy, options, budget, seed, rungs }: SearchSummary): readonly string[] {
  const settings = Object.entries(options).map(([name, value]) => `${name} ${valueText(value)}`);
  const name = strategy.slice(strategy.lastIndexOf('/') + 1);
  return [
    `search by ${name}${settings.length === 0 ? '' : ` (${settings.join(', ')})`}`,
    `budget ${budget.points === 1 ? '1 point' : `${countText(budget.points)} points`}`,
    `search seed ${seed}`,
    ...(rungs === undefined ? [] : [rungsText(rungs)]),
  ];
}

/** `rungs of epochs: 2 (27 points), 6 (9), 18 (3)` */
function rungsText({ label, values }: NonNullable<SearchSummary['rungs']>): string {
  const texts = values.map(
    ({ value, points }, i) => `${valueText(value)} (${countText(points)}${i === 0 ? ' points' : ''})`,
  );
  return `rungs of ${label}: ${texts.join(', ')}`;
}
