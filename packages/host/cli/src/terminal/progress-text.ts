import { later, overBothSteps, type SchedulerTask, type StageProgress } from '@archon-dse/core';
import type { Progress } from '@archon-dse/runner';
import { formatDuration } from './format.js';
import { tasksText } from './tasks-text.js';

/** A stage under way, by the name it is shown under. */
export interface NamedStage {
  readonly label: string;
  readonly progress?: StageProgress;
}

/** What a long command is at: points of a sweep, stages under way, or both. */
export interface Work {
  readonly points?: Omit<Progress, 'stages'>;
  readonly stages: readonly NamedStage[];
  /** Of a scheduler that evaluates the points. */
  readonly tasks?: readonly SchedulerTask[];
}

/** Part of a line; of a line too long those of the highest rank go first, rank 0 never. */
type Part = readonly [text: string, rank: number];

const MOST_STAGES = 8;
const BAR = { least: 10, most: 30 };
const LEAST_IMPORTANT = 5;
const SHORTEST_LABEL = 10;

/**
 * The lines of a terminal of so many columns, each cut to one less.
 *
 * @param sinceMs - how long ago that was; the clock goes on meanwhile
 */
export function progressLines({ points, stages, tasks }: Work, sinceMs: number, columns: number): readonly string[] {
  const width = columns - 1;
  const shown = stages.slice(0, MOST_STAGES).map((stage) => `  ${fit(stageParts(stage, sinceMs), width - 2)}`);
  const more = stages.length - shown.length;
  return [
    ...(points === undefined ? [] : [pointsLine(later(points, sinceMs), width)]),
    ...(tasks === undefined ? [] : [`  ${tasksText(tasks)}`]),
    ...shown,
    ...(more > 0 ? [`  and ${String(more)} more`] : []),
  ].map((line) => line.slice(0, width));
}

/** All of it in one line of a log. */
export function progressLogLine({ points, stages, tasks }: Work, sinceMs: number): string {
  return [
    ...(points === undefined ? [] : [join(pointParts(later(points, sinceMs)))]),
    ...(tasks === undefined ? [] : [tasksText(tasks)]),
    ...stages.map((stage) => join(stageParts(stage, sinceMs))),
  ].join('; ');
}

function pointsLine(points: Omit<Progress, 'stages'>, width: number): string {
  const [done, total] = overBothSteps(points);
  const share = total === 0 ? 1 : done / total;
  const text = fit([[`${String(Math.floor(100 * share)).padStart(3)}%`, 1], ...pointParts(points)], width);
  const room = Math.min(BAR.most, width - text.length - 1);
  if (room < BAR.least) return text.trimStart();
  const full = Math.floor(room * share);
  return `${'█'.repeat(full)}${'░'.repeat(room - full)} ${text}`;
}

function pointParts(points: Omit<Progress, 'stages'>): readonly Part[] {
  const { done, total, failed, skipped, elapsedMs, etaMs } = points;
  const [doneInAll, all] = overBothSteps(points);
  return [
    [`${String(done)}/${String(total)} points`, 0],
    ...refinedPart(points),
    [formatDuration(elapsedMs), 3],
    ...(doneInAll < all ? leftPart(etaMs) : []),
    ...(failed > 0 ? [[`${String(failed)} failed`, 2] as const] : []),
    ...(skipped > 0 ? [[`${String(skipped)} from before`, 4] as const] : []),
  ];
}

/** How far the second step is; until it begins, about how much it will be. */
function refinedPart({ done, total, refined }: Omit<Progress, 'stages'>): readonly Part[] {
  if (refined === undefined) return [];
  if (done === total) return [[`${String(refined.done)}/${String(refined.total)} refined`, 0]];
  return refined.total === 0 ? [] : [[`then about ${String(refined.total)} refined`, 2]];
}

function stageParts({ label, progress }: NamedStage, sinceMs: number): readonly Part[] {
  if (progress === undefined) return [[label, 0]];
  const { done, total, unit, figures, etaMs } = later(progress, sinceMs);
  return [
    [label, 0],
    [`${unit} ${String(Math.ceil(done))}/${String(total)}`, 1],
    ...figures.map((figure, index) => [figure, Math.min(2 + index, LEAST_IMPORTANT)] as const),
    ...leftPart(etaMs),
  ];
}

function leftPart(etaMs: number | undefined): readonly Part[] {
  if (etaMs === undefined || !Number.isFinite(etaMs)) return [];
  return [[`${formatDuration(etaMs)} left`, 1]];
}

/** The parts that there is room for; before the important ones go, the first is cut. */
function fit(parts: readonly Part[], width: number): string {
  let kept = parts;
  for (let rank = LEAST_IMPORTANT; rank > 1 && join(kept).length > width; rank--) {
    kept = kept.filter(([, of]) => of < rank);
  }
  const over = join(kept).length - width;
  const [[first, rank] = ['', 0], ...rest] = kept;
  if (over <= 0) return join(kept);
  const room = first.length - over;
  if (room >= SHORTEST_LABEL) return join([[`${first.slice(0, room - 2)}..`, rank], ...rest]);
  return join(kept.filter(([, of]) => of === 0)).slice(0, width);
}

function join(parts: readonly Part[]): string {
  return parts.map(([text]) => text).join('  ');
}
