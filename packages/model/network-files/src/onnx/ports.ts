import { fail, printable } from '@archon-dse/core';
import type { OnnxGraph, OnnxPort } from './graph.js';
import { countOf } from './value.js';

/** Inputs of operators that are weights, whether the file holds them or not. */
const WEIGHTS: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2],
  ConvTranspose: [1, 2],
  BatchNormalization: [1, 2, 3, 4],
  InstanceNormalization: [1, 2],
  GroupNormalization: [1, 2],
  LayerNormalization: [1, 2],
  PRelu: [1],
};

/** The inputs that a user gives a network; those that are weights; and what was taken for a size that the file leaves open. */
export interface Ports {
  readonly inputs: readonly { readonly name: string; readonly dims: readonly number[] }[];
  readonly weights: readonly { readonly name: string; readonly dims: readonly number[] }[];
  /** Images at once that the file is for; 1 where it leaves that open. */
  readonly fileBatch: number;
  readonly assumed: Readonly<Record<string, number>>;
}

/**
 * @param sizes - of dimensions with a name, or of `INPUT.AXIS`
 * @throws ArchonError ARCHON_ONNX_INVALID for a size that is neither in the file nor given; ARCHON_UNKNOWN_OPTION for one there is none of
 */
export function readPorts(graph: OnnxGraph, sizes: Readonly<Record<string, number>>): Ports {
  const ports = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
  const isWeights = weightNames(graph);
  const assumed: Record<string, number> = {};
  const known = new Set<string>();
  const sized = ports.map((port) => ({ name: port.name, dims: sizesOf(port, sizes, { assumed, known }) }));
  refuseUnknown(sizes, known);
  const inputs = sized.filter(({ name }) => !isWeights.has(name));
  const fileBatch = batchOf(inputs.map(({ dims }) => dims));
  return {
    inputs: inputs.map(({ name, dims }) => ({ name, dims: fileBatch === 1 ? dims : [1, ...dims.slice(1)] })),
    weights: sized.filter(({ name }) => isWeights.has(name)),
    ...{ fileBatch, assumed },
  };
}

interface Notes {
  readonly assumed: Record<string, number>;
  readonly known: Set<string>;
}

function sizesOf(
  { name, dims }: OnnxPort,
  sizes: Readonly<Record<string, number>>,
  { assumed, known }: Notes,
): readonly number[] {
  if (dims === undefined) return refuseOpen(name, 'has no shape', 'an input with a shape');
  const found = dims.map((size, axis) => {
    if (typeof size === 'number' && size > 0) return size;
    const key = typeof size === 'string' ? size : `${name}.${axis}`;
    known.add(key);
    const given = Object.hasOwn(sizes, key) ? sizes[key] : undefined;
    if (given !== undefined) return given;
    if (axis !== 0)
      refuseOpen(
        name,
        `leaves the dimension "${printable(key)}" open`,
        `the size of "${printable(key)}", e.g. dims: { "${printable(key)}": 224 }`,
      );
    assumed[key] = 1;
    return 1;
  });
  if (found.every((size) => Number.isSafeInteger(size)) && Number.isSafeInteger(countOf(found))) return found;
  return refuseOpen(name, `is [${found.join(',')}]`, 'sizes of at least 1');
}

function refuseOpen(name: string, problem: string, expected: string): never {
  return fail({ code: 'ARCHON_ONNX_INVALID', message: `input "${printable(name)}" ${problem}`, expected });
}

function refuseUnknown(sizes: Readonly<Record<string, number>>, known: ReadonlySet<string>): void {
  const unknown = Object.keys(sizes).find((name) => !known.has(name));
  if (unknown === undefined) return;
  fail({
    code: 'ARCHON_ONNX_INVALID',
    message: `no input leaves a dimension "${unknown}" open`,
    expected: known.size === 0 ? 'no dims, as the file says all sizes' : `one of: ${[...known].join(', ')}`,
  });
}

/** The first size of all inputs, where they agree on it. */
function batchOf(inputs: readonly (readonly number[])[]): number {
  const [first, ...others] = inputs.filter(({ length }) => length >= 2).map(([size]) => size ?? 1);
  return first !== undefined && others.every((size) => size === first) ? first : 1;
}

/** Inputs that only ever are weights. */
function weightNames({ nodes }: OnnxGraph): ReadonlySet<string> {
  const [weights, others] = [new Set<string>(), new Set<string>()];
  for (const { op, inputs } of nodes)
    for (const [index, name] of inputs.entries()) (WEIGHTS[op]?.includes(index) === true ? weights : others).add(name);
  return new Set([...weights].filter((name) => !others.has(name)));
}
