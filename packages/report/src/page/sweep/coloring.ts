import { valueText } from '../../option-columns.js';
import { h, swatch } from '../shared/dom.js';
import type { Point, Report } from './report.js';
import { colorsOf } from '../shared/theme.js';

/** Key of colouring by group in place of an option. */
const BY_GROUP = 'group';

/** Which colour a point has in the charts, and the legend that says so. */
export interface Coloring {
  readonly colorOf: (point: Point) => string;
  readonly legend: HTMLElement;
}

/** Colours points by group or by the value of one option column. */
export function coloring({ columns, summary }: Report, by: string): Coloring {
  const column = columns.find(({ key }) => key === by);
  const texts = column === undefined ? summary.groups.map(({ key }) => key) : column.values.map(valueText);
  const colors = colorsOf(column === undefined ? texts : column.values);
  const textOf = (point: Point): string => (column === undefined ? point.group : valueText(point.options[column.key]));
  const byText = new Map(texts.map((text, i) => [text, colors[i] ?? '']));
  const entries = texts.map((text, i) => h('li', {}, swatch(colors[i] ?? ''), text || 'Pareto front'));
  return { colorOf: (point) => byText.get(textOf(point)) ?? '#888', legend: h('ul', { class: 'legend' }, ...entries) };
}

/** What the reader may colour by: the groups first, then the varied options. */
export function colorChoices({ columns, summary }: Report): [string, string][] {
  const group: [string, string] = [BY_GROUP, summary.groupBy === undefined ? 'Front' : `Group (${summary.groupBy})`];
  const options = columns.filter(({ varies, key }) => varies && key !== summary.groupBy);
  return [group, ...options.map(({ key, label }): [string, string] => [key, label])];
}

/** Colouring a chart starts with: by group where there are groups, else by the first varied option. */
export function firstColoring({ columns, summary }: Report): string {
  return (summary.groupBy === undefined ? columns.find(({ varies }) => varies)?.key : undefined) ?? BY_GROUP;
}
