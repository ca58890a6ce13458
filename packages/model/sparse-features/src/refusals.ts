import { hintOf, type Diagnostic } from '@archon-dse/core';
import { DATA_SPACES, type DataSpace, type Dim } from '@archon-dse/loop-nest';
import { computeRefusals } from './compute-refusals.js';
import type { AccessSaving, OperandSpace, SparseFeatures, TensorFormat } from './features.js';
import { isKnown } from './known-zeros.js';

/** Something about the features that cannot be, and where: `formats[1].level`. */
export interface SparseRefusal extends Pick<Diagnostic, 'message' | 'expected' | 'hint'> {
  readonly at: string;
}

/** As much of a level as the rules look at. */
export interface NamedLevel {
  readonly name: string;
  readonly keeps: readonly DataSpace[];
}

/** Dimensions of the axes of each data space; P and Q stand for rows and columns, M for the channels of a depthwise layer. */
const AXES: Readonly<Record<DataSpace, readonly Dim[]>> = {
  Weights: ['G', 'M', 'C', 'R', 'S'],
  Inputs: ['N', 'G', 'C', 'M', 'P', 'Q'],
  Outputs: ['N', 'G', 'M', 'P', 'Q'],
};

/**
 * Everything about the features that hardware of these levels cannot do, or that would silently mean nothing.
 *
 * @param levels - outermost first
 */
export function sparseRefusals(features: SparseFeatures, levels: readonly NamedLevel[]): readonly SparseRefusal[] {
  const { formats = [], gating = [], skipping = [] } = features;
  return [
    ...formats.flatMap((format, at) => formatRefusals(format, at, features, levels)),
    ...gating.flatMap((saving, at) => savingRefusals(saving, `gating[${at}]`, levels)),
    ...skipping.flatMap((saving, at) => skippingRefusals(saving, `skipping[${at}]`, features, levels)),
    ...computeRefusals(features, levels),
  ];
}

function formatRefusals(
  { level, tensor, ranks }: TensorFormat,
  index: number,
  { formats = [] }: SparseFeatures,
  levels: readonly NamedLevel[],
): readonly SparseRefusal[] {
  const at = `formats[${index}]`;
  const place = placeRefusals({ level, tensor }, at, levels);
  if (place.length > 0) return place;
  const twice = formats.findIndex((other) => other.level === level && other.tensor === tensor) < index;
  const isInside = tensor === 'Outputs' && level !== levels[0]?.name;
  return [
    ...(twice ? [{ at, message: `${tensor} has two formats at ${level}`, expected: 'one' }] : []),
    ...(isInside
      ? [
          {
            at: `${at}.level`,
            message: `${level} holds partial sums, whose zeros are not known before they are complete`,
            expected: `${levels[0]?.name ?? ''}, the outermost level`,
          },
        ]
      : []),
    ...rankRefusals(tensor, ranks, at),
  ];
}

function rankRefusals(tensor: DataSpace, ranks: TensorFormat['ranks'], at: string): readonly SparseRefusal[] {
  const named = ranks.flatMap(({ dims }, rank) => dims.map((dim) => ({ dim, rank })));
  return [
    ...named.flatMap(({ dim, rank }, index) => {
      const where = `${at}.ranks[${rank}].dims`;
      const expected = `of ${AXES[tensor].join(', ')}, each once`;
      if (!AXES[tensor].includes(dim)) return [{ at: where, message: `${tensor} has no axis ${dim}`, expected }];
      const first = named.findIndex((other) => other.dim === dim);
      return first < index ? [{ at: where, message: `${dim} is in two ranks`, expected }] : [];
    }),
    ...ranks.flatMap(({ format, bits }, rank) =>
      bits !== undefined && (format === 'uncompressed' || format === 'bitmask')
        ? [{ at: `${at}.ranks[${rank}].bits`, message: `${format} has no entries of ${bits} bit`, expected: 'no bits' }]
        : [],
    ),
  ];
}

function savingRefusals(
  { level, tensor, on }: AccessSaving,
  at: string,
  levels: readonly NamedLevel[],
): readonly SparseRefusal[] {
  const place = placeRefusals({ level, tensor }, at, levels);
  if (place.length > 0 || !on.some((operand) => operand === tensor)) return place;
  return [
    {
      at: `${at}.on`,
      message: `accesses of ${tensor} cannot depend on ${tensor} itself`,
      expected: 'the other operand',
      hint: 'Zeros of a data space itself are left out by a format.',
    },
  ];
}

function skippingRefusals(
  saving: AccessSaving,
  at: string,
  features: SparseFeatures,
  levels: readonly NamedLevel[],
): readonly SparseRefusal[] {
  const wrong = savingRefusals(saving, at, levels);
  return wrong.length > 0 ? wrong : unknownZeros(saving.on, saving.level, `${at}.on`, features, levels);
}

/** Zeros that are skipped must be known before they are met. */
export function unknownZeros(
  on: readonly OperandSpace[],
  level: string,
  at: string,
  features: SparseFeatures,
  levels: readonly NamedLevel[],
): readonly SparseRefusal[] {
  return on
    .filter((operand) => !isKnown(operand, level, features, levels))
    .map((operand) => ({
      at,
      message: `nothing tells ${level} which ${operand} are zero before they are read`,
      expected: `a format of ${operand} that leaves zeros out, at ${level}, further in, or where they come from`,
      hint: 'Gating needs no format: it sees the zero when it is there.',
    }));
}

function placeRefusals(
  { level, tensor }: { readonly level: string; readonly tensor: DataSpace },
  at: string,
  levels: readonly NamedLevel[],
): readonly SparseRefusal[] {
  const found = levels.find(({ name }) => name === level);
  if (found === undefined) return [unknownLevel(level, `${at}.level`, levels)];
  if (found.keeps.includes(tensor)) return [];
  const keepers = levels.filter(({ keeps }) => keeps.includes(tensor)).map(({ name }) => name);
  return [
    {
      at: `${at}.tensor`,
      message: `${level} does not keep ${tensor}`,
      expected: `${DATA_SPACES.filter((space) => found.keeps.includes(space)).join(', ') || 'another level'}, or a level that does: ${keepers.join(', ')}`,
    },
  ];
}

export function unknownLevel(level: string, at: string, levels: readonly NamedLevel[]): SparseRefusal {
  const names = levels.map(({ name }) => name);
  return { at, message: `"${level}" is no level`, expected: `one of: ${names.join(', ')}`, ...hintOf(level, names) };
}
