import { axisValue, fail, hintOf, valueCount, type SearchProblem, type SpaceAxis } from '@archon-dse/core';

/**
 * The index of the axis that says how much effort a point takes.
 *
 * @param resource - its whole path, or the option at the end of it
 * @throws ArchonError ARCHON_BAD_OPTION when there is not exactly one, or its values do not rise, or some points do not have it
 */
export function effortAxis({ space: { axes } }: SearchProblem, resource: string): number {
  const found = [...axes.keys()].filter((index) => {
    const { name = '' } = axes[index] ?? {};
    return name === resource || name.endsWith(`.options.${resource}`);
  });
  const [index = -1] = found;
  const axis = axes[index];
  if (axis === undefined) refuse(resource, 'is no axis of the sweep', axes);
  if (found.length > 1) refuse(resource, 'is the axis of several entries', axes);
  if (axis.when.length > 0) refuse(resource, 'is an axis that some points do not have', axes);
  if (!rises(axis)) refuse(resource, 'is an axis whose values do not rise from the first to the last', axes);
  return index;
}

/** @throws ArchonError ARCHON_BAD_OPTION where not even one design could go all the way */
export function requireRoom(resource: string, rungs: number, budget: number): void {
  if (budget >= rungs) return;
  fail({
    code: 'ARCHON_BAD_OPTION',
    message: `resource "${resource}" has ${String(rungs)} values, and the budget is ${String(budget)} ${budget === 1 ? 'point' : 'points'}`,
    expected: `a budget of at least ${String(rungs)} points, with which one design goes through all values`,
    path: 'options.resource',
  });
}

function rises({ values, isOrdered }: SpaceAxis): boolean {
  const last = valueCount(values) - 1;
  return isOrdered && Number(axisValue(values, 0)) < Number(axisValue(values, last));
}

/** @throws ArchonError with the axes that would do */
function refuse(resource: string, wrong: string, axes: readonly SpaceAxis[]): never {
  const fitting = axes.filter((axis) => axis.when.length === 0 && rises(axis)).map(({ name }) => name);
  fail({
    code: 'ARCHON_BAD_OPTION',
    message: `resource "${resource}" ${wrong}`,
    expected:
      fitting.length === 0
        ? 'an axis of numbers that rise, such as epochs of a training'
        : `one of: ${fitting.join(', ')}`,
    ...hintOf(resource, [...fitting, ...fitting.map((name) => name.replace(/^.*\.options\./, ''))]),
    path: 'options.resource',
  });
}
