import { DIRECTION_NUMBERS, type DirectionNumbers } from './direction-numbers.js';

/** Bits of a coordinate. */
const BITS = 32;

/** The most axes that Sobol points have here. */
export const MOST_SOBOL_AXES = DIRECTION_NUMBERS.length + 1;

/** The direction numbers of an axis, each shifted to the top of 32 bits. */
function directionsOf(axis: number): readonly number[] {
  const rules = DIRECTION_NUMBERS[axis - 1];
  const numbers = rules === undefined ? new Array<number>(BITS).fill(1) : numbersOf(rules);
  return numbers.map((number, index) => (number << (BITS - 1 - index)) >>> 0);
}

/** m_i = 2 a_1 m_(i-1) ^ 4 a_2 m_(i-2) ^ ... ^ 2^s m_(i-s) ^ m_(i-s) */
function numbersOf({ degree, coefficients, first }: DirectionNumbers): readonly number[] {
  const numbers = [...first];
  for (let index = degree; index < BITS; index += 1) {
    const oldest = numbers[index - degree] ?? 0;
    let number = oldest ^ (oldest << degree);
    for (let back = 1; back < degree; back += 1) {
      if ((coefficients >> (degree - 1 - back)) & 1) number ^= (numbers[index - back] ?? 0) << back;
    }
    numbers.push(number >>> 0);
  }
  return numbers;
}

const directions = Array.from({ length: MOST_SOBOL_AXES }, (_, axis) => directionsOf(axis));

/**
 * A coordinate of a Sobol point as an unsigned 32-bit number, 2^32 times the coordinate; in the order of the Gray code, as published.
 *
 * @param axis - from 0, below {@link MOST_SOBOL_AXES}
 * @param index - of the point, from 0, below 2^32
 */
export function sobolBits(axis: number, index: number): number {
  const numbers = directions[axis] ?? [];
  let bits = 0;
  for (let gray = (index ^ (index >>> 1)) >>> 0, place = 0; gray > 0; gray >>>= 1, place += 1) {
    if (gray & 1) bits ^= numbers[place] ?? 0;
  }
  return bits >>> 0;
}
