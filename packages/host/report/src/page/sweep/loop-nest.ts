import {
  fillOf,
  LEVEL_SEPARATOR,
  loopText,
  MAPPING_LEGEND,
  nestRows,
  readNest,
  type NestLevel,
  type NestRow,
} from '@archon-dse/core';
import { shareText } from '../../units.js';
import { h, type Child } from '../shared/dom.js';
import { shareBar } from '../shared/frame.js';
import type { Layer } from './report.js';

const SPACES = { W: 'weights', I: 'inputs', O: 'outputs' } as const;

/** The mapping on one line; opened, the loop nest: a loop a line with its level, and what the level holds. */
export function mappingCell({ mapping, tiles, notes }: Layer): HTMLElement {
  const note = notes === '' ? undefined : h('small', { class: 'muted' }, notes);
  if (mapping === '') return h('div', {}, note ?? '–');
  const details = h('details', {}, h('summary', {}, h('code', {}, mapping)));
  // Fifty nests are drawn for nobody: each when it is opened.
  details.addEventListener('toggle', () => details.append(drawing(mapping, tiles)), { once: true });
  return h('div', {}, details, note);
}

/** What the short form says. */
export function mappingLegend(): HTMLElement {
  const letters = MAPPING_LEGEND.flatMap(([name, meaning]): Child[] => [h('code', {}, name), ` ${meaning}; `]);
  return h(
    'p',
    { class: 'muted small letters' },
    'Mappings name memory levels from outside to inside, ',
    h('code', {}, 'level[kept] loops'),
    ', with the number of steps behind each letter. ',
    ...letters,
    'open one to see its loops.',
  );
}

function drawing(mapping: string, tiles: string): HTMLElement {
  const levels = readNest(mapping, tiles);
  if (levels === undefined) {
    const lines = mapping.split(LEVEL_SEPARATOR).map((level) => h('li', {}, h('code', {}, level)));
    return h('ol', {}, ...lines);
  }
  const titles = ['Level', 'Loop', 'Holds at once', 'Fill'].map((text) => h('th', { scope: 'col' }, text));
  const rows = nestRows(levels).map(lineOf);
  return h('table', { class: 'nest' }, h('thead', {}, h('tr', {}, ...titles)), h('tbody', {}, ...rows));
}

function lineOf({ depth, loop, level }: NestRow): HTMLElement {
  const indented = h('code', {}, loop === undefined ? '(no loop)' : loopText(loop));
  indented.style.paddingLeft = `${depth}ch`;
  const fill = level === undefined ? undefined : fillOf(level);
  return h(
    'tr',
    level === undefined ? {} : { class: 'level' },
    h('th', { scope: 'row' }, level?.name ?? ''),
    h('td', {}, indented),
    h('td', {}, level === undefined ? '' : wordsOf(level)),
    h('td', { class: 'fill' }, ...(fill === undefined ? [] : [shareBar(fill), h('span', {}, shareText(fill))])),
  );
}

/** `inputs 304, outputs 512 of 1,632 words` */
function wordsOf({ keeps, tileWords, sizeWords }: NestLevel): string {
  const count = (words: number): string => words.toLocaleString('en-US');
  const parts = keeps.map((space) => {
    const words = tileWords[space];
    return words === undefined ? SPACES[space] : `${SPACES[space]} ${count(words)}`;
  });
  const known = Object.keys(tileWords).length > 0;
  const of = sizeWords === undefined ? '' : ` of ${count(sizeWords)}`;
  return parts.length === 0 ? 'nothing' : `${parts.join(', ')}${known ? `${of} words` : ''}`;
}
