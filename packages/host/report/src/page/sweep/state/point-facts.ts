import { metricTitle } from '@archon-dse/core';
import { byComponent, componentOf } from '../../../energy.js';
import { digits, formatIn, shareText, unitFor } from '../../../units.js';
import { fillOf, MOST_FILLS, REST_FILL, type Fill } from '../../shared/patterns.js';
import type { Point, Report } from './report.js';

/** A mark beside a point's name. */
export interface Badge {
  readonly text: string;
  readonly kind: 'good' | 'plain' | 'accent' | 'bad' | 'warn';
}

/** What is particular about a point. */
export function badgesOf(
  { id, rank, state, code, refines = id }: Point,
  { summary, kneeIds }: Report,
): readonly Badge[] {
  const badge = (isSo: boolean, text: string, kind: Badge['kind']): Badge[] => (isSo ? [{ text, kind }] : []);
  const best = summary.best.filter((one) => one.id === id);
  return [
    ...badge(rank === 1, 'Pareto front', 'good'),
    ...badge(rank !== undefined && rank > 1, `rank ${rank ?? ''}`, 'plain'),
    ...badge(state === 'screened', 'screened', 'plain'),
    ...badge(refines !== id, 'refined', 'plain'),
    ...badge(kneeIds.has(id), 'knee', 'accent'),
    ...best.map(({ metric, direction }): Badge => {
      const text = `${direction === 'minimize' ? 'least' : 'most'} ${metricTitle(metric).toLowerCase()}`;
      return { text, kind: 'accent' };
    }),
    ...badge(state === 'failed', code ?? 'failed', 'bad'),
    ...badge(state === 'constraint', 'outside constraints', 'warn'),
    ...badge(state === 'notFinite', 'no finite objective', 'warn'),
  ];
}

/** The point of a front that is a step away from another; from a point off the front, its first or last. */
export function stepOnFront(front: readonly string[], id: string, step: 1 | -1): string {
  const at = front.indexOf(id);
  const next = at < 0 ? (step > 0 ? 0 : front.length - 1) : at + step;
  return front[(next + front.length) % front.length] ?? id;
}

export interface MetricCell {
  readonly title: string;
  readonly value: string;
  /** Distance from the best value; empty where none is defined. */
  readonly note: string;
  readonly isObjective: boolean;
}

export function metricCells({ metrics }: Point, { summary, show }: Report): readonly MetricCell[] {
  return summary.metrics.map((metric) => {
    const best = summary.best.find((one) => one.metric === metric);
    const value = metrics[metric];
    const ratio = best === undefined || value === undefined || best.value === 0 ? undefined : value / best.value;
    const times = (one: number): string => (one === 1 ? 'best' : `${digits(Number(one.toPrecision(3)))} × best`);
    return {
      title: metricTitle(metric),
      value: show(metric, value),
      note: ratio === undefined ? '' : times(ratio),
      isObjective: best !== undefined,
    };
  });
}

/** A component's part of a point's energy. */
export interface EnergyPart {
  readonly name: string;
  readonly fill: Fill;
  readonly energy: string;
  /** Of the whole point, 0 to 1. */
  readonly share: number;
  /** Its data spaces with their shares, the largest first. */
  readonly split: string;
}

/** Where a point's energy goes, the largest component first; empty where none was recorded. */
export function energyParts(point: Point): readonly EnergyPart[] {
  const energies = point.energyByName();
  const components = Object.entries(byComponent(energies)).sort(([, a], [, b]) => b - a);
  const total = components.reduce((sum, [, pj]) => sum + pj, 0);
  if (total === 0) return [];
  const unit = unitFor(
    'energyPj',
    components.map(([, pj]) => pj),
  );
  return components.map(([name, pj], i) => ({
    name,
    fill: i < MOST_FILLS ? fillOf(i) : REST_FILL,
    energy: formatIn(unit, pj),
    share: pj / total,
    split: Object.entries(energies)
      .filter(([key]) => key !== name && componentOf(key) === name)
      .sort(([, a], [, b]) => b - a)
      .map(([key, value]) => `${key.slice(name.length + 1)} ${shareText(value / total)}`)
      .join(' · '),
  }));
}
