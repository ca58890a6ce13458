import { candidateSpace, holds, pointsInOrder, type Candidate, type Choice, type Choices } from '@archon-dse/core';

/**
 * The choices of a candidate that can tell whether one of its values works, whatever the others are: those with a value that has not worked
 * yet. Of values that are all fine, a sum of the axes instead of their product.
 */
export class ValuesToCheck {
  private readonly space: ReturnType<typeof candidateSpace>;
  /** Whether values of axes say nothing of each other: those in one map make another map together. */
  private readonly areApart: boolean;
  /** Places that have worked, by axis; -1 where the axis is not there. */
  private readonly worked: readonly Set<number>[];
  private current: Choices = [];
  private hasWorked = false;

  constructor({ use, options, axes, when = {} }: Candidate) {
    this.space = candidateSpace({ use, options, axes, when });
    const names = Object.keys(axes).map((option) => option.split('.')[0]);
    this.areApart = new Set(names).size === names.length;
    this.worked = this.space.axes.map(() => new Set());
  }

  /** One after the other, so that what was noted of one decides about the next. */
  *choices(): Generator<Choice> {
    for (const places of pointsInOrder(this.space)) {
      if (this.areKnown(places)) continue;
      this.current = places;
      yield this.space.choiceOf(places);
    }
  }

  /** Notes that the choice handed out last works, and all of its values with it. */
  noteWorking(): void {
    this.hasWorked = true;
    for (const [axis, places] of this.worked.entries()) places.add(this.placeOn(axis, this.current));
  }

  private areKnown(choices: Choices): boolean {
    if (!this.hasWorked || !this.areApart) return false;
    return this.worked.every((places, axis) => places.has(this.placeOn(axis, choices)));
  }

  private placeOn(axis: number, choices: Choices): number {
    return holds(this.space.axes[axis]?.when ?? [], choices) ? (choices[axis] ?? 0) : -1;
  }
}
