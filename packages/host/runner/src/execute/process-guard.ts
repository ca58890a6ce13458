import { ArchonError, type Diagnostic } from '@archon-dse/core';
import { nameOf, type PluginCall } from '@archon-dse/engine/border';
import { border } from '../node-platform.js';
import { show } from '../plugins/look.js';
import { blameRunning, failWaitingTasks } from '../plugins/plugin-tasks.js';

/** Frames of a stack; ten are not enough to see where a plugin was called. */
const STACK_FRAMES = 50;

/** What a guard reports. */
export interface GuardReports {
  /** A plugin failed after the result it had been asked for was there: nothing fails, but somebody should know. */
  readonly onLate: (fault: Diagnostic) => void;
  /** An error that no plugin is responsible for and that nothing caught. */
  readonly onBug: (error: unknown) => void;
}

let isGuarded = false;

/**
 * Keeps plugins from ending this process or thread, by `process.exit` or by an error nobody catches: whatever they were called for fails
 * instead, with their name. Also notices when they wait for what never happens. Code of the host is not affected. For good: later calls
 * change nothing.
 */
export function guardProcess({ onLate, onBug }: GuardReports): void {
  if (isGuarded) return;
  isGuarded = true;
  Error.stackTraceLimit = STACK_FRAMES;
  for (const name of ['exit', 'abort', 'reallyExit', 'chdir'] as const) guardEnding(name, () => true);
  guardEnding('kill', (pid) => pid === process.pid || Number(pid) <= 0);

  const onUncaught = (error: unknown): void => {
    const blamed = blameRunning((call) => uncaught(call, error));
    if (blamed === undefined) onBug(error);
    else if (blamed.isLate) onLate(blamed.fault.diagnostics[0] as Diagnostic);
  };
  process.on('uncaughtException', onUncaught).on('unhandledRejection', onUncaught).on('beforeExit', failWaitingTasks);

  function guardEnding(name: string, endsUs: (argument: unknown) => boolean): void {
    const members = process as unknown as Record<string, (...given: readonly unknown[]) => unknown>;
    const original = members[name];
    if (original === undefined) return;
    members[name] = (...given) => {
      const blamed = endsUs(given[0]) ? blameRunning((call) => ending(call, name, given)) : undefined;
      if (blamed === undefined) return original.apply(process, [...given]);
      throw blamed.fault;
    };
  }
}

function ending({ culprit, doing }: PluginCall, name: string, given: readonly unknown[]): ArchonError {
  // A record is the same on every machine, so no number of a process is in it.
  const texts = given.map((value) => (value === process.pid ? 'process.pid' : show(value)));
  return new ArchonError({
    code: 'ARCHON_PLUGIN_THREW',
    message: `${nameOf(culprit)} called process.${name}(${texts.join(', ')}) while ${doing}`,
    expected: 'a plugin that leaves the process alone',
    plugin: culprit.plugin,
  });
}

function uncaught({ culprit, doing }: PluginCall, error: unknown): ArchonError {
  if (border.diagnosticsOf(error) !== undefined) return border.accuse(culprit, doing, error);
  return new ArchonError({
    code: 'ARCHON_PLUGIN_THREW',
    message: `${nameOf(culprit)} left an error behind that nobody catches while ${doing}: ${border.describe(error)}`,
    expected: 'promises and timers that handle their own errors',
    plugin: culprit.plugin,
    ...border.placeOf(culprit.plugin, error),
    ...border.stackOf(error),
  });
}
