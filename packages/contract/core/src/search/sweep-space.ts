import { canonicalJson, type JsonValue, type Options } from '../json.js';
import { withValueAt } from '../option-members.js';
import { own } from '../own.js';
import type { Candidate, Choice, Point, Sweep } from '../sweep.js';
import { axisValue, indexInRange, isRange, type AxisValues } from './range.js';
import { holds, type AxisCondition, type Choices, type SearchSpace, type SpaceAxis } from './space.js';
import { constraintAcross, constraintOf, type Building, type PlacedCandidate } from './sweep-constraints.js';

/** What of a sweep decides which points it has. */
export type SpaceSource = Pick<Sweep, 'networks' | 'stages' | 'accelerators' | 'seed' | 'constants' | 'where'>;

/** A space, and how its points are read. */
export interface SweepSpace extends SearchSpace {
  /** A point by the places of its values; what it shares with the one before is the same object. */
  readonly pointOf: (choices: Choices) => Point;
}

/**
 * All points of a sweep: networks, then stages, then accelerators, each entry followed by its axes. The order of the full product is the
 * one in which a sweep without a search expands.
 */
export function spaceOf(sweep: SpaceSource): SweepSpace {
  const space = newSpace(sweep.constants);
  const network = placePart('network', sweep.networks, space);
  const each = sweep.stages.map((stage, index) => placePart(`stages[${String(index)}]`, [stage], space));
  const accelerator = placePart('accelerator', sweep.accelerators, space);
  for (const text of sweep.where ?? []) space.constraints.push(constraintAcross(text, space));
  const { axes, constraints } = space;
  let stages: Point['stages'] = [];
  const stagesOf = (choices: Choices): Point['stages'] => {
    const chosen = each.map((stage) => stage(choices));
    if (chosen.length !== stages.length || chosen.some((stage, index) => stage !== stages[index])) stages = chosen;
    return stages;
  };
  return {
    ...{ axes, constraints },
    pointOf: (choices) => ({
      network: network(choices),
      stages: stagesOf(choices),
      accelerator: accelerator(choices),
      seed: sweep.seed,
    }),
  };
}

function newSpace(constants: Sweep['constants'] = {}): Building {
  return { axes: [], constraints: [], constants, parts: new Map() };
}

/** The space of one candidate alone. */
export function candidateSpace(
  candidate: Candidate,
  constants: Sweep['constants'] = {},
): SearchSpace & { readonly choiceOf: (choices: Choices) => Choice } {
  const space = newSpace(constants);
  const placed = place('', [candidate], space);
  const { axes, constraints } = space;
  return { axes, constraints, choiceOf: (choices) => choiceOf(placed, axes, choices) };
}

/** Reads the choice that points make among candidates. Points in a row that agree in it share one. */
function placePart(part: string, candidates: readonly Candidate[], space: Building): (choices: Choices) => Choice {
  const first = space.axes.length;
  const placed = place(part, candidates, space);
  const end = space.axes.length;
  let last: { readonly choices: Choices; readonly choice: Choice } | undefined;
  return (choices) => {
    let isSame = last !== undefined;
    for (let axis = first; axis < end; axis += 1) isSame &&= choices[axis] === last?.choices[axis];
    if (last === undefined || !isSame) last = { choices, choice: choiceOf(placed, space.axes, choices) };
    return last.choice;
  };
}

function place(part: string, candidates: readonly Candidate[], space: Building): readonly PlacedCandidate[] {
  const chooser = space.axes.length;
  if (candidates.length > 1) {
    space.axes.push({ name: part, values: candidates.map(({ use }) => use), isOrdered: false, when: [] });
  }
  const all = candidates.map((candidate, index) => {
    const when = candidates.length > 1 ? [{ axis: chooser, choices: [index] }] : [];
    const axes = placeAxes(part, candidate, when, space);
    const placed = { candidate, when, axes };
    for (const text of candidate.where ?? []) space.constraints.push(constraintOf(text, placed, space));
    return placed;
  });
  space.parts.set(part, all);
  return all;
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

/** The choice that a point makes among candidates. */
function choiceOf(candidates: readonly PlacedCandidate[], axes: readonly SpaceAxis[], choices: Choices): Choice {
  const chosen = candidates.find(({ when }) => holds(when, choices)) ?? candidates[0];
  const { use, options } = chosen?.candidate ?? { use: '', options: {} };
  let changed: Options = options;
  for (const [option, axis] of chosen?.axes ?? []) {
    const { values = [], when = [] } = axes[axis] ?? {};
    if (holds(when, choices)) changed = withValueAt(changed, option, axisValue(values, choices[axis] ?? 0));
  }
  return { use, options: changed };
}
