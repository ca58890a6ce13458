import { evaluateFormula } from '../formula/evaluate-formula.js';
import type { Formula } from '../formula/formula.js';
import { own } from '../own.js';
import { axisValue, valueCount, type AxisValues } from './range.js';

/**
 * A point of a search: for each axis the place of its value, counted from 0. An axis that a point does not have, because of its
 * conditions, is at 0.
 */
export type Choices = readonly number[];

/** Axes that must have one of some values. */
export interface AxisCondition {
  /** Index of an earlier axis. */
  readonly axis: number;
  /** Places of the values on that axis. */
  readonly choices: readonly number[];
}

/** One thing that points of a search differ in. Plain data. */
export interface SpaceAxis {
  /** `network`, `accelerator`, or a path such as `accelerator.options.meshX`; entries of a sweep may have axes of the same name. */
  readonly name: string;
  readonly values: AxisValues;
  /** Whether neighbouring values are alike: numbers that rise or fall. Of a factor range, steps are equal ratios. */
  readonly isOrdered: boolean;
  /** All must hold for a point to have the axis. */
  readonly when: readonly AxisCondition[];
}

/** What a name of a constraint stands for: the first of them whose conditions hold. */
export type NameSource = { readonly when: readonly AxisCondition[] } & (
  { readonly axis: number } | { readonly value: number }
);

/** What must hold between values: its formula is not 0. Of points that its conditions leave out, nothing is asked. */
export interface SpaceConstraint {
  readonly text: string;
  readonly formula: Formula;
  readonly names: Readonly<Record<string, readonly NameSource[]>>;
  readonly when: readonly AxisCondition[];
}

/** All points that a sweep may have. Plain data, so that a strategy may be anywhere. */
export interface SearchSpace {
  readonly axes: readonly SpaceAxis[];
  readonly constraints: readonly SpaceConstraint[];
}

/** How many values each axis has. */
export function axisSizes({ axes }: SearchSpace): readonly number[] {
  return axes.map(({ values }) => valueCount(values));
}

export function holds(when: readonly AxisCondition[], choices: Choices): boolean {
  return when.every(({ axis, choices: wanted }) => wanted.includes(choices[axis] ?? 0));
}

/** The same point with axes that it does not have at 0, so that equal points are equal lists. */
export function settle({ axes }: SearchSpace, choices: Choices): Choices {
  const settled: number[] = [];
  for (const [index, { when }] of axes.entries()) settled.push(holds(when, settled) ? (choices[index] ?? 0) : 0);
  return settled;
}

/** Whether a point keeps all constraints; a formula that has no value, such as a division by 0, is not kept. */
export function isAllowed({ axes, constraints }: SearchSpace, choices: Choices): boolean {
  return constraints.every(({ formula, names, when }) => {
    if (!holds(when, choices)) return true;
    const result = evaluateFormula(formula, (name) => numberOf(own(names, name) ?? [], axes, choices));
    return 'value' in result && result.value !== 0;
  });
}

function numberOf(sources: readonly NameSource[], axes: readonly SpaceAxis[], choices: Choices): number | undefined {
  const source = sources.find(({ when }) => holds(when, choices));
  if (source === undefined) return undefined;
  const value =
    'value' in source ? source.value : axisValue(axes[source.axis]?.values ?? [], choices[source.axis] ?? 0);
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : undefined;
}

/** The point after this one in the order of the full product, the last axis varying fastest; nothing after the last. */
function nextChoices({ axes }: SearchSpace, choices: Choices): Choices | undefined {
  for (let index = axes.length - 1; index >= 0; index -= 1) {
    const { values, when } = axes[index] ?? { values: [], when: [] };
    const next = (choices[index] ?? 0) + 1;
    if (next >= valueCount(values) || !holds(when, choices)) continue;
    return [...choices.slice(0, index), next, ...new Array<number>(axes.length - index - 1).fill(0)];
  }
  return undefined;
}

/**
 * The points of the full product in order, the last axis varying fastest, without those that break a constraint.
 *
 * @param after - a point to go on after; all of them unless given
 */
export function* pointsInOrder(space: SearchSpace, after?: Choices): Generator<Choices> {
  const first = space.axes.map(() => 0);
  let choices = after === undefined ? first : nextChoices(space, after);
  for (; choices !== undefined; choices = nextChoices(space, choices)) if (isAllowed(space, choices)) yield choices;
}
