import { budgetText } from '../../budget-table.js';
import { byComponent, componentOf } from '../../energy.js';
import { digits, formatIn, metricTitle, shareText, unitFor } from '../../units.js';
import { button, h } from '../shared/dom.js';
import { fillOf, MOST_FILLS, REST_FILL, swatch } from '../shared/patterns.js';
import { optionText, type Point, type Report } from './report.js';
import type { PageState } from './state.js';

/** The chosen point: what it is, what it reaches and where its energy goes. */
export function detailsPanel(report: Report, state: PageState): HTMLElement {
  const panel = h('aside', { id: 'details', class: 'card', 'aria-label': 'Chosen point' });
  const show = (): void => {
    const point = report.byId.get(state.selected.value);
    panel.replaceChildren(...(point === undefined ? [] : contents(point, report, state)));
  };
  state.selected.onChange(show);
  state.compared.onChange(show);
  show();
  return panel;
}

function contents(point: Point, report: Report, state: PageState): HTMLElement[] {
  return [
    h('div', { class: 'eyebrow' }, h('span', {}, 'Chosen point'), ...stepper(point, report, state)),
    h('h2', { 'aria-live': 'polite' }, point.label),
    h('p', { class: 'badges' }, ...badges(point, report), h('code', {}, point.id)),
    ...(point.reason === undefined ? [] : [h('p', { class: 'problem' }, point.reason)]),
    metricGrid(point, report),
    compareButton(point, report, state),
    ...training(point),
    h('h3', {}, 'Energy by component'),
    energyBreakdown(point),
    h('h3', {}, 'Configuration'),
    configuration(point, report),
  ];
}

/** Walks along the front of the point's group. */
function stepper(point: Point, { summary }: Report, state: PageState): HTMLElement[] {
  const front = summary.groups.find(({ key }) => key === point.group)?.front ?? [];
  if (front.length < 2) return [];
  const at = front.indexOf(point.id);
  const go = (step: number): void => {
    state.selected.set(front[(at + step + front.length) % front.length] ?? point.id);
    document.querySelector<HTMLElement>(`#details .stepper button:nth-child(${step < 0 ? 1 : 2})`)?.focus();
  };
  const buttons = [
    button('←', 'Previous point of the front', () => go(-1)),
    button('→', 'Next point of the front', () => go(at < 0 ? 1 - at : 1)),
  ];
  return [h('span', { class: 'stepper' }, ...buttons)];
}

function badges(point: Point, report: Report): HTMLElement[] {
  const badge = (text: string, kind: string): HTMLElement => h('span', { class: `badge ${kind}` }, text);
  const best = report.summary.best.filter(({ id }) => id === point.id);
  return [
    ...(point.rank === 1 ? [badge('Pareto front', 'good')] : []),
    ...(point.rank !== undefined && point.rank > 1 ? [badge(`rank ${point.rank}`, 'plain')] : []),
    ...(report.kneeIds.has(point.id) ? [badge('knee', 'accent')] : []),
    ...best.map(({ metric, direction }) =>
      badge(`${direction === 'minimize' ? 'least' : 'most'} ${metricTitle(metric).toLowerCase()}`, 'accent'),
    ),
    ...(point.state === 'failed' ? [badge(point.code ?? 'failed', 'bad')] : []),
    ...(point.state === 'constraint' ? [badge('outside constraints', 'warn')] : []),
    ...(point.state === 'notFinite' ? [badge('no finite objective', 'warn')] : []),
  ];
}

/** Keeps this point to compare others with, or forgets it. */
function compareButton(point: Point, { byId }: Report, state: PageState): HTMLElement {
  const kept = byId.get(state.compared.value);
  const keep = button('Compare with another', 'Keep this point; the next one you choose stands beside it', () => {
    state.compared.set(point.id);
    document.querySelector<HTMLElement>('#details .compare button')?.focus();
  });
  if (kept === undefined) return h('p', { class: 'compare' }, keep);
  const forget = button('Stop comparing', 'Forget the point that was kept', () => {
    state.compared.set('');
    document.querySelector<HTMLElement>('#details .compare button')?.focus();
  });
  const text =
    kept === point ? 'Kept. Choose another point to see both side by side.' : `Beside ${kept.label}: see below.`;
  return h('p', { class: 'compare' }, forget, h('small', {}, text));
}

function metricGrid(point: Point, { summary, show }: Report): HTMLElement {
  const cells = summary.metrics.map((metric) => {
    const best = summary.best.find((one) => one.metric === metric);
    const value = point.metrics[metric];
    const ratio = best === undefined || value === undefined || best.value === 0 ? undefined : value / best.value;
    const note =
      ratio === undefined ? undefined : ratio === 1 ? 'best' : `${digits(Number(ratio.toPrecision(3)))} × best`;
    return h(
      'div',
      { class: best === undefined ? 'metric' : 'metric objective' },
      h('dt', {}, metricTitle(metric)),
      h('dd', {}, show(metric, value), note === undefined ? undefined : h('small', {}, note)),
    );
  });
  return h('dl', { class: 'metrics' }, ...cells);
}

function energyBreakdown(point: Point): HTMLElement {
  const energies = point.energyByName();
  const components = Object.entries(byComponent(energies)).sort(([, a], [, b]) => b - a);
  const total = components.reduce((sum, [, pj]) => sum + pj, 0);
  if (total === 0) return h('p', { class: 'muted' }, 'No energy was recorded.');
  const unit = unitFor(
    'energyPj',
    components.map(([, pj]) => pj),
  );
  const bar = h('div', { class: 'stack', 'aria-hidden': 'true' });
  const rows = components.map(([name, pj], i) => {
    const fill = i < MOST_FILLS ? fillOf(i) : REST_FILL;
    const part = h('span');
    part.style.flexGrow = String(pj / total);
    part.style.background = fill.css;
    bar.append(part);
    const split = Object.entries(energies)
      .filter(([key]) => key !== name && componentOf(key) === name)
      .sort(([, a], [, b]) => b - a)
      .map(([key, value]) => `${key.slice(name.length + 1)} ${shareText(value / total)}`);
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, swatch(fill), name, split.length === 0 ? undefined : h('small', {}, split.join(' · '))),
      h('td', { class: 'num' }, formatIn(unit, pj)),
      h('td', { class: 'num' }, shareText(pj / total)),
    );
  });
  return h('div', {}, bar, h('table', { class: 'breakdown' }, h('tbody', {}, ...rows)));
}

/** What the accuracy cost: a short training on few images says little about a network. */
function training({ budgets }: Point): HTMLElement[] {
  if (budgets.length === 0) return [];
  const rows = budgets.map((budget) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, budget.stage),
      h('td', {}, budgetText(budget), h('small', {}, `tested on ${budget.testImages} images`)),
    ),
  );
  return [h('h3', {}, 'Trained with'), h('table', { class: 'configuration training' }, h('tbody', {}, ...rows))];
}

/** The varied options in sight, the fixed ones folded away. */
function configuration(point: Point, { columns }: Report): HTMLElement {
  const present = columns.filter(({ key }) => key in point.options);
  const table = (rows: typeof present): HTMLElement => {
    const row = ({ key, label }: (typeof present)[number]): HTMLElement =>
      h('tr', {}, h('th', { scope: 'row', title: key }, label), h('td', {}, optionText(point, key)));
    return h('table', { class: 'configuration' }, h('tbody', {}, ...rows.map(row)));
  };
  const fixed = present.filter(({ varies }) => !varies);
  const folded = h('details', {}, h('summary', {}, `${fixed.length} options that do not vary`), table(fixed));
  return h('div', {}, table(present.filter(({ varies }) => varies)), fixed.length === 0 ? undefined : folded);
}
