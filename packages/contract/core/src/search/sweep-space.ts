import { namesIn } from '../formula/formula.js';
import { parseFormula } from '../formula/parse-formula.js';
import { canonicalJson, type JsonValue, type Options } from '../json.js';
import { valueAtPath, withValueAt } from '../option-members.js';
import { own } from '../own.js';
import type { Candidate, Choice, Point, Sweep } from '../sweep.js';
import { axisValue, indexInRange, isRange, type AxisValues } from './range.js';
import {
  holds,
  type AxisCondition,
  type Choices,
  type NameSource,
  type SearchSpace,
  type SpaceAxis,
  type SpaceConstraint,
} from './space.js';

/** One of several candidates, and where its axes are. */
interface PlacedCandidate {
  readonly candidate: Candidate;
  /** Which points it is a part of. */
  readonly when: readonly AxisCondition[];
  /** Indices of axes by the option they vary. */
  readonly axes: ReadonlyMap<string, number>;
}

/** A space, and how its points are read. */
export interface SweepSpace extends SearchSpace {
  /** A point by the places of its values. */
  readonly pointOf: (choices: Choices) => Point;
}

/**
 * All points of a sweep: networks, then stages, then accelerators, each entry followed by its axes. The order of the full product is the
 * one in which a sweep without a search expands.
 */
export function spaceOf(sweep: Sweep): SweepSpace {
  const space: Building = { axes: [], constraints: [], constants: sweep.constants ?? {} };
  const networks = place('network', sweep.networks, space);
  const stages = sweep.stages.map((stage, index) => place(`stages[${String(index)}]`, [stage], space));
  const accelerators = place('accelerator', sweep.accelerators, space);
  const { axes, constraints } = space;
  return {
    ...{ axes, constraints },
    pointOf: (choices) => ({
      network: choiceOf(networks, axes, choices),
      stages: stages.map((stage) => choiceOf(stage, axes, choices)),
      accelerator: choiceOf(accelerators, axes, choices),
      seed: sweep.seed,
    }),
  };
}

/** The space of one candidate alone. */
export function candidateSpace(
  candidate: Candidate,
  constants: Sweep['constants'] = {},
): SearchSpace & { readonly choiceOf: (choices: Choices) => Choice } {
  const space: Building = { axes: [], constraints: [], constants };
  const placed = place('', [candidate], space);
  const { axes, constraints } = space;
  return { axes, constraints, choiceOf: (choices) => choiceOf(placed, axes, choices) };
}

interface Building {
  readonly axes: SpaceAxis[];
  readonly constraints: SpaceConstraint[];
  readonly constants: Readonly<Record<string, number>>;
}

function place(part: string, candidates: readonly Candidate[], space: Building): readonly PlacedCandidate[] {
  const chooser = space.axes.length;
  if (candidates.length > 1) {
    space.axes.push({ name: part, values: candidates.map(({ use }) => use), isOrdered: false, when: [] });
  }
  return candidates.map((candidate, index) => {
    const when = candidates.length > 1 ? [{ axis: chooser, choices: [index] }] : [];
    const axes = placeAxes(part, candidate, when, space);
    const placed = { candidate, when, axes };
    for (const text of candidate.where ?? []) space.constraints.push(constraintOf(text, placed, space));
    return placed;
  });
}

function placeAxes(
  part: string,
  { axes, when = {} }: Candidate,
  inside: readonly AxisCondition[],
  space: Building,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [option, values] of Object.entries(axes)) {
    const conditions = Object.entries(own(when, option) ?? {}).flatMap(([other, wanted]): readonly AxisCondition[] => {
      const axis = places.get(other) ?? -1;
      const { values: all = [], when: outer = [] } = space.axes[axis] ?? {};
      return [...outer, { axis, choices: wanted.map((value) => placeOf(all, value)) }];
    });
    places.set(option, space.axes.length);
    space.axes.push({
      name: `${part}.options.${option}`,
      values,
      isOrdered: isMonotone(values),
      when: [...inside, ...conditions],
    });
  }
  return places;
}

/** The place of a value on an axis; -1 where it is none of its values. */
export function placeOf(values: AxisValues, value: JsonValue): number {
  if (isRange(values)) return typeof value === 'number' ? indexInRange(values, value) : -1;
  const text = canonicalJson(value);
  return values.findIndex((one) => canonicalJson(one) === text);
}

function isMonotone(values: AxisValues): boolean {
  if (isRange(values)) return true;
  const numbers = values.filter((value) => typeof value === 'number');
  const signs = numbers.slice(1).map((value, index) => Math.sign(value - (numbers[index] ?? 0)));
  return numbers.length === values.length && new Set(signs).size <= 1;
}

function constraintOf(text: string, { candidate, when, axes }: PlacedCandidate, space: Building): SpaceConstraint {
  const formula = parseFormula(text);
  const names = namesIn(formula).map(({ name }): [string, readonly NameSource[]] => {
    const axis = axes.get(name);
    const varied = axis === undefined ? [] : [{ when: space.axes[axis]?.when ?? [], axis }];
    const fixed = own(space.constants, name) ?? valueAtPath(candidate.options, name);
    const isNumber = typeof fixed === 'number' || typeof fixed === 'boolean';
    return [name, [...varied, ...(isNumber ? [{ when: [], value: Number(fixed) }] : [])]];
  });
  return { text, formula, names: Object.fromEntries(names), when };
}

/** The choice that a point makes among candidates. */
function choiceOf(candidates: readonly PlacedCandidate[], axes: readonly SpaceAxis[], choices: Choices): Choice {
  const chosen = candidates.find(({ when }) => holds(when, choices)) ?? candidates[0];
  const { use, options } = chosen?.candidate ?? { use: '', options: {} };
  const isThere = (axis: number): boolean => holds(axes[axis]?.when ?? [], choices);
  const changed = [...(chosen?.axes ?? [])].reduce<Options>(
    (changed, [option, axis]) =>
      isThere(axis) ? withValueAt(changed, option, axisValue(axes[axis]?.values ?? [], choices[axis] ?? 0)) : changed,
    options,
  );
  return { use, options: changed };
}
