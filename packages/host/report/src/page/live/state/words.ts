import { overBothSteps, type RunStatus, type StageStatus } from '@archon-dse/core';
import type { RunState } from '../../../live/live-model.js';
import { countText } from '../../../units.js';

/** What each state of a run is called, and how it looks. */
export const STATE_WORDS: Readonly<
  Record<RunState, { readonly text: string; readonly kind: string; readonly lead: string }>
> = {
  running: { text: 'running', kind: 'accent', lead: 'Points are being evaluated; this page follows.' },
  silent: {
    text: 'silent',
    kind: 'warn',
    lead: 'The run has told nothing for more than a minute. It may be busy, or its machine is gone.',
  },
  dead: {
    text: 'killed',
    kind: 'bad',
    lead: 'The process of the run is gone without an end. The same command goes on from here.',
  },
  done: { text: 'done', kind: 'good', lead: 'The run is over.' },
  interrupted: { text: 'interrupted', kind: 'warn', lead: 'The run was stopped. The same command goes on from here.' },
  failed: {
    text: 'ended by an error',
    kind: 'bad',
    lead: 'The run was ended by an error. The same command goes on from here.',
  },
  none: { text: 'no run', kind: '', lead: 'No run tells of itself here; the points are those in the folder.' },
};

/** Points done of all, over both steps; none before they are known. */
export function doneOf({ points }: Pick<RunStatus, 'points'>): readonly [done: number, total: number] {
  return points === undefined ? [0, 0] : overBothSteps(points);
}

/** `3 s`, `2 min 5 s`, `1 h 4 min`, `2 d 3 h` */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const units = [86_400, 3600, 60, 1] as const;
  const names = ['d', 'h', 'min', 's'] as const;
  const first = units.findIndex((unit) => seconds >= unit);
  const [large, small] = [units[first] ?? 1, units[first + 1] ?? 1];
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)} ${names[first]}${rest === 0 ? '' : ` ${rest} ${names[first + 1]}`}`;
}

/** `12 a second`, `3.5 a minute` */
export function rateText(perS: number): string {
  if (perS >= 1) return `${countText(Number(perS.toPrecision(3)))} a second`;
  return perS >= 1 / 60
    ? `${Number((60 * perS).toPrecision(2))} a minute`
    : `${Number((3600 * perS).toPrecision(2))} an hour`;
}

/** `mobilenet-v2 train: epoch 3/10, loss 1.2, 5 min left` */
export function stageText({ point, stage, progress }: StageStatus): string {
  const name = `${lastOf(point.network.use)} ${lastOf(stage)}`;
  if (progress === undefined) return name;
  const { unit, done, total, figures, etaMs } = progress;
  const left = etaMs === undefined ? [] : [`${durationText(etaMs)} left`];
  return `${name}: ${[`${unit} ${Math.ceil(done)}/${total}`, ...figures, ...left].join(', ')}`;
}

function lastOf(id: string): string {
  return id.split('/').at(-1) ?? id;
}
