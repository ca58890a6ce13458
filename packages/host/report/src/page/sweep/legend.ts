import { h } from '../shared/dom.js';
import { theme, type ChartColors } from '../shared/theme.js';
import type { Shape } from '../../render/palette.js';
import type { Coloring, MarkClass } from './coloring.js';

/** Outlines of the shapes in a box of 10 by 10. */
const OUTLINES: Readonly<Record<Shape, string>> = {
  circle: 'M5 1A4 4 0 1 1 5 9A4 4 0 1 1 5 1Z',
  rect: 'M1.3 1.3H8.7V8.7H1.3Z',
  triangle: 'M5 1L9 9H1Z',
  diamond: 'M5 0.5L9.5 5L5 9.5L0.5 5Z',
  pin: 'M5 9.7C3.6 7.2 2 5.6 2 3.6A3 3 0 0 1 8 3.6C8 5.6 6.4 7.2 5 9.7Z',
  arrow: 'M5 0.8L9 9.2L5 7L1 9.2Z',
};

/** What the marks of a colouring mean. Follows the colours in force. */
export function legendOf(coloring: Coloring): HTMLElement {
  const { legend, classes } = coloring;
  if (legend.kind === 'classes') {
    if (legend.texts.length < 2 && legend.texts[0] === '') return h('ul', { class: 'legend' });
    const entries = legend.texts.map((text, i) => h('li', {}, markOf(classes[i], theme.value), text || '(none)'));
    return h('ul', { class: 'legend' }, ...entries);
  }
  const bar = h('span', { class: 'scale', 'aria-hidden': 'true' });
  const stops = classes.map(({ color }) => color(theme.value.scheme));
  bar.style.background = `linear-gradient(to right, ${stops.join(', ')})`;
  const title = `${legend.title}${legend.log ? ' (logarithmic)' : ''}:`;
  return h('p', { class: 'legend' }, h('span', {}, title), h('span', {}, legend.low), bar, h('span', {}, legend.high));
}

function markOf(markClass: MarkClass | undefined, { scheme }: ChartColors): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const color = markClass?.color(scheme) ?? 'gray';
  svg.setAttribute('viewBox', '0 0 10 10');
  svg.setAttribute('class', 'mark');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', OUTLINES[markClass?.shape ?? 'circle']);
  path.setAttribute('fill', markClass?.hollow === true ? 'none' : color);
  path.setAttribute('stroke', color);
  path.setAttribute('stroke-width', markClass?.hollow === true ? '1.8' : '0.5');
  svg.append(path);
  return svg;
}
