import type { DataSpace, Dim, Problem } from '@archon-dse/loop-nest';
import { hintOf } from '@archon-dse/core';
import type { Field } from '../input/field.js';
import type { Notes } from '../input/notes.js';
import { BUILT_IN_SHAPES } from './built-in-shapes.js';
import { boundsOf, matchShape, NoMatch, type Match } from './match.js';
import { readShape, type Shape } from './shape.js';

/** A problem of a Timeloop file: ours, and what its dimensions and data spaces are called there. */
export interface NamedProblem {
  readonly problem: Problem;
  /** The file's dimensions in its order, each with the loop of ours that it is. */
  readonly dims: ReadonlyMap<string, Dim>;
  /** The file's data spaces in its order, each with ours. */
  readonly spaces: ReadonlyMap<string, DataSpace>;
}

const PROBLEM_KEYS = ['version', 'shape', 'instance', 'name'];
/** Keys of an instance that describe the layer for other tools; Timeloop does not read them either. */
const DESCRIPTIONS = ['H', 'W', 'Hpad', 'Wpad', 'name', 'type', 'dnn_name', 'notes'];
const DENSITIES = ['densities', 'commonDensity'];

/**
 * Reads `problem:`: a shape, given or by the name of a built-in one, and the bounds of an instance.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNSUPPORTED with the reason for a shape that is no convolution or GEMM
 */
export function readProblem(field: Field, notes: Notes): NamedProblem {
  const shapeField = field.get('shape');
  const shape = shapeOf(field, shapeField);
  const given = field.get('instance');
  const instance = given ?? field;
  const keys = [...shape.dims, ...shape.coefficients.keys(), ...DENSITIES, ...DESCRIPTIONS];
  if (given !== undefined) field.only(PROBLEM_KEYS);
  instance.only(given === undefined ? [...PROBLEM_KEYS, ...keys] : keys);
  refuseSparse(instance);
  noteDescriptions(instance, shape, notes);
  const bounds = new Map(shape.dims.map((dim) => [dim, instance.need(dim).integer()]));
  const match = matchOf(shape, bounds, shapeField ?? field);
  return {
    problem: problemOf(match, bounds, (name) => instance.get(name)?.integer() ?? shape.coefficients.get(name) ?? 1),
    dims: new Map(shape.dims.map((dim) => [dim, match.dims.get(dim) as Dim])),
    spaces: new Map(shape.spaces.map(({ name }) => [name, spaceOf(match, name)])),
  };
}

function shapeOf(problem: Field, field: Field | undefined): Shape {
  if (field?.isMap) return readShape(field);
  const name = field === undefined ? 'cnn_layer' : field.text().replaceAll('-', '_');
  const found = Object.hasOwn(BUILT_IN_SHAPES, name) ? BUILT_IN_SHAPES[name] : undefined;
  const names = Object.keys(BUILT_IN_SHAPES);
  return (
    found ??
    (field ?? problem).fail(`no shape is called "${name}"`, {
      expected: `one of: ${names.join(', ')}, or a shape`,
      ...hintOf(name, names),
    })
  );
}

function matchOf(shape: Shape, bounds: ReadonlyMap<string, number>, field: Field): Match {
  try {
    return matchShape(shape, bounds);
  } catch (error) {
    if (!(error instanceof NoMatch)) throw error;
    return field.refuse(`the shape ${shape.name} is no convolution and no GEMM: ${error.message}`);
  }
}

function refuseSparse(instance: Field): void {
  for (const key of DENSITIES) {
    const given = instance.get(key);
    const isDense = given?.scalar === 1 || given?.entries().every(([, density]) => density.scalar === 1);
    if (given !== undefined && !isDense)
      given.refuse('densities below 1 need sparse optimisations, which are not read from these files');
  }
}

function noteDescriptions(instance: Field, shape: Shape, notes: Notes): void {
  const unused = DESCRIPTIONS.filter((key) => !shape.dims.includes(key) && instance.get(key) !== undefined);
  const field = instance.get(...unused);
  if (field !== undefined && instance.get('shape') === undefined) {
    notes.add(`${unused.join(', ')} of the problem: the shape does not use them, as in Timeloop`, field.location);
  }
}

function problemOf(match: Match, bounds: ReadonlyMap<string, number>, coefficient: (name: string) => number): Problem {
  const { strideP, strideQ, dilationR, dilationS } = match.steps;
  const step = (name: string | undefined): number => (name === undefined ? 1 : coefficient(name));
  const { G, ...others } = boundsOf(match, bounds);
  return {
    ...others,
    strideP: step(strideP),
    strideQ: step(strideQ),
    ...(step(dilationR) > 1 ? { dilationR: step(dilationR) } : {}),
    ...(step(dilationS) > 1 ? { dilationS: step(dilationS) } : {}),
    ...(G > 1 ? { G } : {}),
  };
}

function spaceOf({ spaces }: Match, name: string): DataSpace {
  if (spaces.Weights === name) return 'Weights';
  return spaces.Inputs === name ? 'Inputs' : 'Outputs';
}
