import type { SchedulerTask } from '@archon-dse/core';

/** Tasks of a scheduler by state, in its words: `tasks: 3 running, 4 pending (Priority)`. Why is told of the most common reason of a state. */
export function tasksText(tasks: readonly SchedulerTask[]): string {
  const states = countBy(tasks, ({ state }) => state);
  const parts = [...states].map(([state, count]) => {
    const reasons = countBy(
      tasks.filter((task) => task.state === state && task.reason !== undefined),
      ({ reason = '' }) => reason,
    );
    const [common] = [...reasons].sort(([, a], [, b]) => b - a);
    return `${String(count)} ${state.toLowerCase()}${common === undefined ? '' : ` (${common[0]})`}`;
  });
  return `tasks: ${parts.length === 0 ? 'none' : parts.join(', ')}`;
}

function countBy<T>(list: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of list) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
