import type { Architecture } from './architecture.js';
import type { Loop, LoopKind, Mapping } from './mapping.js';
import { DATA_SPACES, DIMS, type Dim } from './problem.js';

const SUFFIX: Readonly<Record<LoopKind, string>> = { temporal: '', spatialX: 'X', spatialY: 'Y' };
const KIND: Readonly<Record<string, LoopKind>> = { X: 'spatialX', Y: 'spatialY' };
const LEVEL = /^L(\d+)\[(W?I?O?)\](?: (.+))?$/;
const LOOP = new RegExp(`^([${DIMS.join('')}])([1-9]\\d*)([XY]?)$`);

/**
 * One line for a mapping, as Timeloop's mapper logs it: levels outer to inner, `L0` the innermost, the data spaces each keeps in
 * brackets, then its loops outer to inner with X or Y behind the bound of a spatial one. A level without temporal loops says `Q1`.
 *
 * Example: `L2[WIO] Q8 - L1[I] Q1 M2X - L0[O] M4`.
 */
export function formatMapping(mapping: Mapping, architecture: Pick<Architecture, 'levels'>): string {
  return architecture.levels.map((_, l) => `${levelTag(architecture, l)} ${formatLoops(mapping[l] ?? [])}`).join(' - ');
}

/**
 * Reads what `formatMapping` writes; loops of bound 1 are dropped.
 *
 * @throws RangeError when the text names other levels than the architecture has, or a loop is malformed
 */
export function parseMapping(text: string, architecture: Pick<Architecture, 'levels'>): Mapping {
  const parts = text.split(' - ');
  if (parts.length !== architecture.levels.length) {
    throw new RangeError(`"${text}" has ${parts.length} levels, expected ${architecture.levels.length}`);
  }
  return parts.map((part, l) => {
    const expected = levelTag(architecture, l);
    const match = LEVEL.exec(part);
    if (match === null || !part.startsWith(expected)) {
      throw new RangeError(`"${part}" is not a level of the mapping, expected "${expected}" and its loops`);
    }
    const loops = match[3]?.split(' ').map(parseLoop) ?? [];
    return loops.filter((loop) => loop.bound > 1);
  });
}

function levelTag({ levels }: Pick<Architecture, 'levels'>, l: number): string {
  const kept = DATA_SPACES.filter((space) => levels[l]?.keeps.includes(space)).map((space) => space.charAt(0));
  return `L${levels.length - 1 - l}[${kept.join('')}]`;
}

function formatLoops(loops: readonly Loop[]): string {
  const written = loops.filter((loop) => loop.bound > 1);
  const texts = written.map((loop) => `${loop.dim}${loop.bound}${SUFFIX[loop.kind]}`);
  return (written[0]?.kind === 'temporal' ? texts : ['Q1', ...texts]).join(' ');
}

function parseLoop(text: string): Loop {
  const match = LOOP.exec(text);
  if (match === null)
    throw new RangeError(`"${text}" is not a loop, expected a dimension and a bound such as C8 or M4X`);
  return { dim: match[1] as Dim, bound: Number(match[2]), kind: KIND[match[3] ?? ''] ?? 'temporal' };
}
