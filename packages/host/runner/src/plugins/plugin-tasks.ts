import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { ArchonError } from '@archon-dse/core';
import { nameOf, stuck, type PluginCall } from '@archon-dse/engine/border';

/** What plugins are called for: one point, the loading of one plugin, or one step of a command. */
interface Task {
  isOver: boolean;
  /** The call made last, which is the one a task waits for. */
  last?: PluginCall;
  fault?: ArchonError;
  fail: (fault: unknown) => void;
}

const running = new AsyncLocalStorage<{ readonly task: Task; readonly call?: PluginCall }>();
const tasks = new Set<Task>();

/**
 * Runs plugin code so that what it does to the process is known to be its doing.
 *
 * @throws Error outside a task, where that would end the process: a mistake of ours, also with plugins that do no harm
 */
export function enterPlugin<T>(call: PluginCall, act: () => T): T {
  const task = running.getStore()?.task;
  if (task === undefined) throw new Error(`${nameOf(call.culprit)} is ${call.doing} outside a task`);
  task.last = call;
  return running.run({ task, call }, act);
}

/** A function of a plugin that only runs inside {@link enterPlugin}: calling it past that is a mistake of ours, which every test shows. */
export function behindBorder<G extends readonly unknown[], T>(call: (...given: G) => T): (...given: G) => T {
  return (...given) => {
    if (running.getStore()?.call === undefined) throw new Error('plugin code is called past the border');
    return call(...given);
  };
}

/** Runs something as part of the task under way, or as a task of its own. */
export async function inTask<T>(act: () => T | Promise<T>): Promise<T> {
  return running.getStore()?.task.isOver === false ? act() : asTask(act);
}

/**
 * Runs something that calls plugins, and gives promises they left rejected a turn to show. A fault found by {@link blameRunning}
 * meanwhile fails it, also when the plugin caught the error.
 */
export async function asTask<T>(act: () => T | Promise<T>): Promise<T> {
  const task: Task = { isOver: false, fail: () => undefined };
  tasks.add(task);
  const outcome = await new Promise<() => T>((resolve) => {
    task.fail = (error) => {
      resolve(() => {
        throw error;
      });
    };
    running.run({ task }, async () => act()).then((value) => resolve(() => value), task.fail);
  });
  await setImmediate();
  task.isOver = true;
  tasks.delete(task);
  if (task.fault !== undefined) throw task.fault;
  return outcome();
}

/** A fault, and whether its task is over, so that it can fail nothing any more. */
export interface Blame {
  readonly fault: ArchonError;
  readonly isLate: boolean;
}

/** Holds the plugin whose code is running responsible for a fault; nothing when none is. */
export function blameRunning(faultOf: (call: PluginCall) => ArchonError): Blame | undefined {
  const { task, call } = running.getStore() ?? {};
  if (task === undefined || call === undefined) return undefined;
  const fault = faultOf(call);
  if (task.isOver) return { fault, isLate: true };
  task.fault ??= fault;
  task.fail(task.fault);
  return { fault, isLate: false };
}

/** Fails the tasks that wait for a plugin; for when nothing is left in the event loop that could end the wait. */
export function failWaitingTasks(): void {
  for (const task of tasks) {
    if (task.last !== undefined) task.fail(stuck(task.last, 'it waits for something that never happens'));
  }
}
