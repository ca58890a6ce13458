import type { RunStatus } from '@archon-dse/core';
import type { NamedStage } from '../terminal/progress-text.js';
import { formatDuration } from '../terminal/format.js';

/** Tasks with a line of their own: those that neither run nor wait for their turn. */
const MOST_TASKS = 4;
const QUIET = new Set(['RUNNING', 'COMPLETED', 'COMPLETING']);
/** A run that has told nothing for so long is said to be silent. */
const SILENT_MS = 30_000;

/** What is told of a run beside its points: how fast it is, and the tasks of a scheduler; each a line. */
export function runFacts({ ratePerS, executor, tasks, updatedAt }: RunStatus): readonly NamedStage[] {
  const silentMs = Date.now() - Date.parse(updatedAt);
  const rate = ratePerS === undefined ? [] : [`${rateText(ratePerS)}, ${executor.kind}`];
  const counts = Object.entries(tasks?.counts ?? {}).map(([state, count]) => `${String(count)} ${state.toLowerCase()}`);
  const odd = (tasks?.shown ?? []).filter(({ state, reason }) => !QUIET.has(state) && reason !== undefined);
  return [
    ...rate,
    ...(counts.length === 0 ? [] : [`tasks: ${counts.join(', ')}`]),
    ...odd.slice(0, MOST_TASKS).map(({ id, state, reason = '' }) => `task ${id} ${state}: ${reason}`),
    ...(silentMs > SILENT_MS ? [`no word for ${formatDuration(silentMs)}`] : []),
  ].map((label) => ({ label }));
}

function rateText(perS: number): string {
  const [rate, unit] = perS >= 1 ? [perS, 'second'] : [60 * perS, 'minute'];
  return `${String(Number(rate.toPrecision(3)))} points a ${unit}`;
}
