import { expect } from 'vitest';
import { archonHere } from '../in-process.js';

export interface Outcome {
  readonly isRefused: boolean;
  readonly stdout: string;
}

/** Runs a command on damaged files: exit code 2 and a code, or 0. */
export async function tryCommand(what: string, args: readonly string[]): Promise<Outcome> {
  const { status, stdout, stderr } = await archonHere(args);
  const shown = `${what}\n${args.join(' ')}\n${stdout.slice(0, 300)}\n${stderr.slice(0, 1500)}`;
  expect([0, 2], shown).toContain(status);
  expect(stderr, shown).not.toMatch(/\n\s+at |[Ii]nternal error/);
  expect(stdout + stderr, shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  if (status === 2) expect(stdout + stderr, shown).toMatch(/^(.*:\d+:\d+ {2})?ARCHON_[A-Z_]+$|"code": "ARCHON_/m);
  return { isRefused: status === 2, stdout };
}

/** How many damaged files the tests of a file have tried so far. */
export const tried = { files: 0 };

/** Tries them all; those that are accepted must pass `verify`. */
export async function tryAll<T extends { readonly what: string }>(
  kind: string,
  mutants: readonly T[],
  attempt: (mutant: T, index: number) => Promise<Outcome>,
  verify: (mutant: T, outcome: Outcome, index: number) => unknown,
  accepting = 'mean the same',
): Promise<void> {
  const accepted: string[] = [];
  for (const [index, mutant] of mutants.entries()) {
    const outcome = await attempt(mutant, index);
    if (outcome.isRefused) continue;
    accepted.push(mutant.what);
    await verify(mutant, outcome, index);
  }
  tried.files += mutants.length;
  const refused = mutants.length - accepted.length;
  console.info(
    `${kind}: ${String(mutants.length)} damaged, ${String(refused)} refused, ${String(accepted.length)} ${accepting}`,
  );
}
