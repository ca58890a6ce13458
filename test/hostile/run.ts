import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Diagnostic } from '@archon-dse/core';
import { expect } from 'vitest';
import { ARCHON } from '../workspace.js';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of Node in a folder; one that hangs is killed and has no status. */
function node(cwd: string, args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(process.execPath, args, { cwd, env, timeout: 240_000, killSignal: 'SIGKILL' });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (data: Buffer) => stdout.push(data));
    child.stderr.on('data', (data: Buffer) => stderr.push(data));
    child.on('close', (status) => {
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.end(input);
  });
}

export const archonIn = (cwd: string, ...args: readonly string[]): Promise<Outcome> => node(cwd, [ARCHON, ...args]);

/** What the driver says of each command line. */
export interface Driven extends Outcome {
  readonly args: readonly string[];
  /** Faults of plugins whose results were there already. */
  readonly late: readonly string[];
  readonly bugs: readonly string[];
}

/** Runs command lines one after the other in one process; throws what that said when it did not live to the end of them. */
export async function drive(cwd: string, lines: readonly (readonly string[])[]): Promise<DrivenLines> {
  const { status, stdout, stderr } = await node(cwd, [join(import.meta.dirname, 'driver.mjs')], JSON.stringify(lines));
  if (status !== 0 || stdout === '') {
    throw new Error(`a plugin ended the driver with ${String(status)} after:\n${stderr.slice(-2000)}`);
  }
  return new DrivenLines(JSON.parse(stdout) as readonly Driven[]);
}

/** Outcomes by the text of their command lines. */
export class DrivenLines {
  readonly all: readonly Driven[];
  private readonly byText: ReadonlyMap<string, Driven>;

  constructor(all: readonly Driven[]) {
    this.all = all;
    this.byText = new Map(all.map((one) => [one.args.join(' '), one]));
  }

  of(...args: readonly string[]): Driven {
    const found = this.byText.get(args.join(' '));
    if (found === undefined) throw new Error(`nobody ran: ${args.join(' ')}`);
    return found;
  }
}

/** Nothing that only a bug may show, and no stack. */
export function expectCivil(...texts: readonly string[]): void {
  for (const text of texts) {
    expect(text).not.toMatch(/internal error|is a bug/i);
    expect(text).not.toMatch(/(^|\n|\\n)\s+at .*:\d+/);
    expect(text.length).toBeLessThan(1_000_000);
  }
}

/** The diagnostics of a document that tells an error; none of another. */
export function diagnosticsIn(stdout: string): readonly Diagnostic[] {
  const { error } = JSON.parse(stdout) as { readonly error?: { readonly diagnostics: readonly Diagnostic[] } };
  return error?.diagnostics ?? [];
}
