import { didYouMean, fail, type Layer } from '@archon-dse/core';
import { invalidLayer } from './invalid-layer.js';

/** What a property may be; with a question mark it may be absent. */
export type PropertyKind = 'count' | 'extent' | 'flag' | 'index' | 'shape' | 'text' | 'count?' | 'extent?' | 'padding?';
export type Properties = Readonly<Record<string, PropertyKind>>;

const COMMON = ['name', 'op', 'inputs', 'block', 'role'] as const;

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;
const isIndex = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isList = (value: unknown, length: number): boolean =>
  Array.isArray(value) && value.length === length && value.every(isCount);

const SIDES: readonly string[] = ['top', 'bottom', 'left', 'right'];

function isPadding(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === 'same' || value === 'valid';
  const given = Object.entries(value);
  return given.length === SIDES.length && given.every(([side, cells]) => SIDES.includes(side) && isIndex(cells));
}

type Kind = PropertyKind extends infer K ? (K extends `${infer Name}?` ? Name : K) : never;

/** How each kind is checked, and what is expected of it. */
const KINDS: Readonly<Record<Kind, readonly [holds: (value: unknown) => boolean, expected: string]>> = {
  count: [isCount, 'a whole number of at least 1'],
  index: [isIndex, 'a whole number of at least 0'],
  extent: [(value) => isCount(value) || isList(value, 2), 'a whole number of at least 1, or [rows, columns]'],
  flag: [(value) => typeof value === 'boolean', 'one of: true, false'],
  text: [(value) => typeof value === 'string' && value !== '', 'a name such as "exp"'],
  shape: [(value) => isList(value, 3), '[height, width, channels], whole numbers of at least 1'],
  padding: [isPadding, '"same", "valid", or cells at the top, bottom, left and right'],
};

/** What a value of a kind should have been; nothing where it is one. */
export function valueProblem(kind: PropertyKind, value: unknown): string | undefined {
  const [holds, expected] = KINDS[kind.replace('?', '') as Kind];
  return holds(value) ? undefined : expected;
}

/**
 * Refuses what no part of the toolkit would look at, and values that mean nothing.
 *
 * @param properties - those of its operation
 * @throws ArchonError ARCHON_NETWORK_INVALID naming the layer
 */
export function checkLayerValues(layer: Layer, properties: Properties): void {
  checkProperties(layer, layer, [...COMMON, ...Object.keys(properties)]);
  if (typeof layer.role !== 'string' || layer.role === '')
    invalidLayer(layer, `its role is ${JSON.stringify(layer.role)}`, 'a name such as "conv"');
  const values = layer as unknown as Readonly<Record<string, unknown>>;
  for (const [name, kind] of Object.entries(properties)) {
    const value = values[name];
    if (value === undefined && kind.endsWith('?')) continue;
    const expected = valueProblem(kind, value);
    if (expected !== undefined) invalidLayer(layer, `${name} is ${JSON.stringify(value)}`, expected);
  }
}

/**
 * Refuses properties of `given` that are not among the `known` ones. Those that are undefined count as absent.
 *
 * @param layer - the layer they are of, or are for
 * @throws ArchonError ARCHON_NETWORK_INVALID naming the layer
 */
export function checkProperties(layer: Pick<Layer, 'name' | 'op'>, given: object, known: readonly string[]): void {
  const unknown = Object.entries(given).find(([name, value]) => value !== undefined && !known.includes(name));
  if (unknown !== undefined) refuseLayer(layer, `it has no property "${unknown[0]}"`, unknown[0], known);
}

/** Throws ARCHON_NETWORK_INVALID about a name that is not among the `known` ones. */
export function refuseLayer(
  { name, op }: Pick<Layer, 'name' | 'op'>,
  problem: string,
  wrong: unknown,
  known: readonly string[],
): never {
  const hint = didYouMean(String(wrong), known);
  return fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `layer "${name}" (${op}): ${problem}`,
    expected: `one of: ${known.join(', ')}`,
    layer: name,
    ...(hint === undefined ? {} : { hint }),
  });
}
