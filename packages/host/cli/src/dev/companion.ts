import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program that runs beside, such as a compiler that watches. */
export interface Companion {
  /** The lines it has printed since they were taken last. */
  take(): readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts a command line of the shell.
 *
 * @param onLine - hears that there is a line to take
 */
export function startCompanion(command: string, onLine: () => void): Companion {
  const isGroup = process.platform !== 'win32';
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], detached: isGroup });
  let lines: string[] = [];
  let isStopped = false;
  const add = (line: string): void => {
    if (isStopped || line.trim() === '') return;
    lines.push(line);
    onLine();
  };
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', add);
  child.on('error', (error) => add(`${command}: ${error.message}`));
  const ended = once(child, 'close').then(
    ([code, signal]) => add(`${command} has ended with ${String(code ?? signal)}`),
    () => undefined,
  );
  return {
    take: () => {
      const taken = lines;
      lines = [];
      return taken;
    },
    stop: async () => {
      isStopped = true;
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      if (isGroup) process.kill(-child.pid, 'SIGTERM');
      else child.kill();
      await ended;
    },
  };
}
