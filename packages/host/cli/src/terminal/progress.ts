import type { SchedulerTask } from '@archon-dse/core';
import type { Output } from './output.js';
import { progressLines, progressLogLine, type NamedStage, type Work } from './progress-text.js';

export interface ProgressView {
  update(work: Work): void;
  /** Tasks of a scheduler, shown with all later work. */
  hearTasks(tasks: readonly SchedulerTask[]): void;
  /** Later updates are not shown. How far the points are stays on a terminal. */
  stop(): void;
}

const TICK_MS = 1000;
const LOG_MS = 30_000;

/** On a terminal lines that tick; elsewhere a line at once, one every 30 s, and one for every training that ends where no points are counted. */
export function createProgress(output: Output): ProgressView {
  let work: Work | undefined;
  let at = 0;
  const show = (): void => {
    if (work === undefined) return;
    const sinceMs = performance.now() - at;
    if (output.errorIsTerminal) output.live(progressLines(work, sinceMs, output.columns));
    else output.info(progressLogLine(work, sinceMs));
  };
  let timer: NodeJS.Timeout | undefined;
  let hasNews = false;
  let isStopped = false;
  let tasks: readonly SchedulerTask[] | undefined;
  return {
    hearTasks(next) {
      tasks = next;
      if (work === undefined || isStopped) return;
      work = { ...work, tasks };
      if (output.errorIsTerminal) show();
    },
    update(next) {
      if (isStopped) return;
      work = tasks === undefined ? next : { ...next, tasks };
      at = performance.now();
      timer ??= setInterval(show, output.errorIsTerminal ? TICK_MS : LOG_MS).unref();
      const isNews = work.points !== undefined || work.stages.some(({ progress }) => progress !== undefined);
      const isEnd = work.points === undefined && work.stages.some(hasEnded);
      if (output.errorIsTerminal || (isNews && !hasNews) || isEnd) show();
      hasNews ||= isNews;
    },
    stop() {
      clearInterval(timer);
      if (!isStopped && output.errorIsTerminal && work !== undefined) {
        work = { ...work, stages: [] };
        show();
        output.keepLive();
      }
      isStopped = true;
    },
  };
}

function hasEnded({ progress }: NamedStage): boolean {
  return progress !== undefined && progress.done === progress.total;
}
