import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ARCHON, type CliResult } from './workspace.js';

/** A command that is heard while it goes on. */
export class RunningCommand {
  readonly ended: Promise<CliResult>;
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';

  constructor(program: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(program, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
    this.child.stdout?.on('data', (text) => (this.stdout += String(text)));
    this.child.stderr?.on('data', (text) => (this.stderr += String(text)));
    this.ended = once(this.child, 'close').then(([status]) => ({
      ...{ status: status as number | null, stdout: this.stdout, stderr: this.stderr },
    }));
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /**
   * Waits until it has said something, on stdout or stderr.
   *
   * @returns what the pattern found
   * @throws Error when it ends without, or says nothing of it for half a minute
   */
  async says(pattern: RegExp): Promise<string> {
    for (let tries = 0; tries < 1500; tries += 1) {
      const found = pattern.exec(this.stderr) ?? pattern.exec(this.stdout);
      if (found !== null) return found[1] ?? found[0];
      if (!this.isRunning && tries > 1490) break;
      if (!this.isRunning) tries = Math.max(tries, 1480); // what it said last may still come
      await sleep(20);
    }
    throw new Error(`it did not say ${String(pattern)}: ${this.stdout}${this.stderr}`);
  }
}

/** `archon` in a process of its own. */
export function startArchon(args: readonly string[], cwd: string): RunningCommand {
  return new RunningCommand(process.execPath, [ARCHON, ...args], cwd);
}

export interface HeldCommand {
  readonly command: RunningCommand;
  letGo(): void;
}

/** The same, whose runs of `fixture/mac` with more than one multiplier end only once it is let go: tests may take their time. */
export function startHeld(args: readonly string[], cwd: string): HeldCommand {
  const hold = join(cwd, 'hold');
  writeFileSync(hold, '');
  const command = new RunningCommand(process.execPath, [ARCHON, ...args], cwd, { ARCHON_FIXTURE_HOLD: hold });
  return { command, letGo: () => rmSync(hold) };
}

/**
 * The same on a terminal, made by `script` of util-linux; what is written to its stdin is typed.
 * The shell between gives way (`exec`): one that stays, like dash, dies of the Ctrl-C meant for the command.
 */
export function startOnTerminal(args: readonly string[], cwd: string): RunningCommand {
  const quoted = [process.execPath, ARCHON, ...args].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  return new RunningCommand('script', ['-qec', `exec ${quoted.join(' ')}`, '/dev/null'], cwd, { SHELL: '/bin/sh' });
}
