import { namesIn } from '../formula/formula.js';
import { parseFormula } from '../formula/parse-formula.js';
import { valueAtPath } from '../option-members.js';
import { own } from '../own.js';
import { readPointPath } from '../point-path.js';
import type { Candidate } from '../sweep.js';
import type { AxisCondition, NameSource, SpaceAxis, SpaceConstraint } from './space.js';

/** One of several candidates, and where its axes are. */
export interface PlacedCandidate {
  readonly candidate: Candidate;
  /** Which points it is a part of. */
  readonly when: readonly AxisCondition[];
  /** Indices of axes by the option they vary. */
  readonly axes: ReadonlyMap<string, number>;
}

/** A space while it is made. */
export interface Building {
  readonly axes: SpaceAxis[];
  readonly constraints: SpaceConstraint[];
  readonly constants: Readonly<Record<string, number>>;
  /** Candidates by the part of a point they are for: `network`, `stages[0]`, `accelerator`. */
  readonly parts: Map<string, readonly PlacedCandidate[]>;
}

/** A constraint between the options of one candidate, by their names. */
export function constraintOf(text: string, placed: PlacedCandidate, space: Building): SpaceConstraint {
  const formula = parseFormula(text);
  const sources = namesIn(formula).map(({ name }): [string, readonly NameSource[]] => [
    name,
    constantOf(name, space) ?? sourcesOf(name, placed, space),
  ]);
  return { text, formula, names: Object.fromEntries(sources), when: placed.when };
}

/** A constraint between options of any parts, by their paths. Of points that lack one of the options, nothing is asked. */
export function constraintAcross(text: string, space: Building): SpaceConstraint {
  const formula = parseFormula(text);
  const when: AxisCondition[] = [];
  const sources = namesIn(formula).map(({ name }): [string, readonly NameSource[]] => {
    const constant = constantOf(name, space);
    const { option } = readPointPath(name) ?? {};
    if (constant !== undefined || option === undefined) return [name, constant ?? []];
    const candidates = space.parts.get(name.slice(0, -`.options.${option}`.length)) ?? [];
    const owners = candidates.filter((placed) => sourcesOf(option, placed, space).length > 0);
    const chosen = owners.flatMap((placed) => placed.when);
    const [chooser] = candidates.flatMap((placed) => placed.when);
    if (owners.length < candidates.length && chooser !== undefined)
      when.push({ axis: chooser.axis, choices: chosen.flatMap(({ choices }) => choices) });
    return [name, owners.flatMap((placed) => sourcesOf(option, placed, space))];
  });
  return { text, formula, names: Object.fromEntries(sources), when };
}

/** The value of a constant; nothing where there is none. */
function constantOf(name: string, { constants }: Building): readonly NameSource[] | undefined {
  const value = own(constants, name);
  return value === undefined ? undefined : [{ when: [], value }];
}

/** Where the number of an option stands in the points of a candidate; nowhere where it has none. */
function sourcesOf(option: string, { candidate, when, axes }: PlacedCandidate, space: Building): readonly NameSource[] {
  const axis = axes.get(option);
  const varied = axis === undefined ? [] : [{ when: space.axes[axis]?.when ?? [], axis }];
  const fixed = valueAtPath(candidate.options, option);
  const isNumber = typeof fixed === 'number' || typeof fixed === 'boolean';
  return [...varied, ...(isNumber ? [{ when, value: Number(fixed) }] : [])];
}
