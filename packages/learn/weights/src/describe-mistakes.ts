import { suggest, type Diagnostic, type Network } from '@archon-dse/core';
import type { NetworkWeight } from './network-layers.js';
import type { FileTensor, WeightFile } from './weight-file.js';

/** In what a file differs from a network. */
export interface Mistakes {
  /** Weights without a counterpart. */
  readonly missing: readonly NetworkWeight[];
  readonly left: readonly LeftOver[];
  readonly misshapen: readonly {
    readonly weight: NetworkWeight;
    readonly part: FileTensor;
    /** Of the part, which is one group where the file has groups apart. */
    readonly expected: readonly number[];
  }[];
}

/** A tensor of the file without a counterpart. */
export interface LeftOver {
  readonly layer: string;
  readonly tensor: FileTensor;
}

/** One diagnostic for each kind of mistake, with all of them. */
export function describeMistakes(
  { missing, misshapen, left }: Mistakes,
  network: Network,
  file: WeightFile,
): readonly Diagnostic[] {
  const free = [...new Set(left.map(({ layer }) => layer))];
  const kinds = [
    {
      what: `lacks ${count(missing.length, 'tensor')} of ${network.id}`,
      lines: missing.map(({ name, shape }) => [name, shape.join(' x '), hintFor(name, free)]),
      expected: 'a counterpart for every tensor of the network, found by name, by number or by a map',
    },
    {
      what: `has ${count(left.length, 'tensor')} that ${network.id} has no place for`,
      lines: left.map(({ layer, tensor }) => [layer, tensor.name, tensor.shape.join(' x ')]),
      expected: 'no tensors besides those of the network',
    },
    {
      what: `has ${count(misshapen.length, 'tensor')} of another shape than ${network.id}`,
      lines: misshapen.map(({ weight, part, expected }) => [
        weight.name,
        expected.join(' x '),
        `is ${part.shape.join(' x ')} in ${part.name}`,
      ]),
      expected: 'the variant, width, resolution and classes that the weights were trained with',
    },
  ];
  return kinds
    .filter(({ lines }) => lines.length > 0)
    .map(({ what, lines, expected }) => ({
      code: 'ARCHON_WEIGHTS_MISMATCH',
      message: [`"${file.path}" ${what}:`, ...align(lines)].join('\n'),
      expected,
    }));
}

function hintFor(weight: string, free: readonly string[]): string {
  const near = suggest(weight.slice(0, weight.lastIndexOf('/')), free);
  return near === undefined ? '' : `Did you mean "${near}"?`;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** Columns of equal width. */
function align(lines: readonly (readonly string[])[]): readonly string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
