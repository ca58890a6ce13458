import { axisSizes, holds, isAllowed, type Choices, type SearchSpace } from '@archon-dse/core';

/** How often a point is drawn again that breaks a constraint or is known. */
const MOST_DRAWS = 500;

/** Each axis that a point has at any of its values, all alike. */
function drawChoices(space: SearchSpace, random: () => number): Choices {
  const sizes = axisSizes(space);
  const drawn: number[] = [];
  for (const [axis, { when }] of space.axes.entries()) {
    drawn.push(holds(when, drawn) ? Math.floor(random() * (sizes[axis] ?? 1)) : 0);
  }
  return drawn;
}

/** A point that keeps all constraints, and one that is not known where there are such; the last one drawn where none is found. */
export function drawNew(
  space: SearchSpace,
  random: () => number,
  isKnown: (choices: Choices) => boolean = () => false,
): Choices {
  let drawn = drawChoices(space, random);
  for (let draws = 1; draws < MOST_DRAWS; draws += 1) {
    if (isAllowed(space, drawn) && !isKnown(drawn)) break;
    drawn = drawChoices(space, random);
  }
  return drawn;
}

/** Points as texts, for sets of them. */
export function keyOf(choices: Choices): string {
  return choices.join();
}
