import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ArchonError, attemptFile, fail, type Diagnostic, type Registry } from '@archon-dse/core';
import { loadSweep } from '@archon-dse/runner';
import { inCwd, type Context } from '../context.js';
import { loadNamed } from '../host.js';
import { sweepYaml, VARIED } from '../init/sweep-yaml.js';
import { USUAL, type Wishes } from '../init/wishes.js';

interface Flags {
  readonly network: readonly string[];
  readonly accelerator: readonly string[];
  readonly objective: readonly string[];
  readonly strategy?: string;
  readonly points?: number;
  readonly out: string;
  readonly yes?: boolean;
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `archon init`: a sweep of what the flags or the answers say, checked before it is written. */
export async function init(context: Context, flags: Flags): Promise<void> {
  const file = inCwd(context, flags.out);
  requireNew(file, flags.out);
  const { registry } = await loadNamed(context, flags.plugin);
  const given = givenBy(flags);
  requireIds(given, registry);
  const told = flags.yes === true ? given : await answered(given, context, registry);
  if (told === undefined) return;
  const wishes: Wishes = { ...USUAL, ...told, plugins: flags.plugin };
  const text = await firstSound({ file, shown: flags.out }, wishes, context, registry);
  attemptFile({ path: flags.out, doing: 'written' }, () => writeFileSync(file, text, { flag: 'wx' }));
  if (flags.json === true) context.output.json({ file: flags.out });
  else
    context.output.result(`Wrote ${flags.out}. Next:\n\n  archon validate ${flags.out}\n  archon sweep ${flags.out}`);
}

/** @throws ArchonError ARCHON_USAGE for a file that is there */
function requireNew(file: string, shown: string): void {
  if (!existsSync(file)) return;
  fail({
    code: 'ARCHON_USAGE',
    message: `"${shown}" is there already`,
    expected: 'a file that is not there: --out gives it another name',
  });
}

/** @throws ArchonError ARCHON_USAGE for points of no search */
function givenBy({ network, accelerator, objective, strategy, points }: Flags): Partial<Wishes> {
  if (points !== undefined && strategy === undefined) {
    fail({ code: 'ARCHON_USAGE', message: '--points is for a search', expected: '--strategy with it' });
  }
  return {
    ...(network.length > 0 ? { networks: network } : {}),
    ...(accelerator.length > 0 ? { accelerators: accelerator } : {}),
    ...(objective.length > 0 ? { objectives: objective } : {}),
    ...(strategy === undefined ? {} : { search: { strategy, points: points ?? USUAL.points } }),
  };
}

/** @throws ArchonError ARCHON_UNKNOWN_ID with what could have been meant */
function requireIds({ networks = [], accelerators = [], search }: Partial<Wishes>, registry: Registry): void {
  for (const network of networks) registry.resolve('network', network);
  for (const accelerator of accelerators) registry.resolve('accelerator', accelerator);
  if (search !== undefined) registry.resolve('strategy', search.strategy);
}

async function answered(given: Partial<Wishes>, { output }: Context, registry: Registry) {
  const { askFor, requireAll } = await import('../init/ask.js');
  if (given.networks && given.accelerators && given.objectives) return given;
  if (output.errorIsTerminal && process.stdin.isTTY)
    return askFor(given, registry, { input: process.stdin, output: process.stderr });
  requireAll(given);
  return given;
}

/** The text with as many axes as make a valid sweep. @throws ArchonError what is wrong with one without any */
async function firstSound(
  { file, shown }: { readonly file: string; readonly shown: string },
  wishes: Wishes,
  context: Context,
  registry: Registry,
): Promise<string> {
  const name = basename(file).replace(/\.[^.]*$/, '').replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9._-]+/g, '-').replace(/^[-._]+/, '') || 'sweep'; // prettier-ignore
  let wrong: unknown;
  for (const varied of VARIED) {
    const text = sweepYaml(name, wishes, registry, varied);
    try {
      await check(text, file, shown, context);
      return text;
    } catch (error) {
      wrong = error;
    }
  }
  if (!(wrong instanceof ArchonError)) throw wrong;
  const [first, ...others] = wrong.diagnostics.map(withoutPlace);
  throw first === undefined ? wrong : new ArchonError(first, ...others);
}

/** Reads a text as the sweep that it will be: from a file beside it, so that paths mean the same. */
async function check(text: string, file: string, shown: string, { host }: Context): Promise<void> {
  const trial = join(dirname(file), `.${basename(file)}.${String(process.pid)}.yaml`);
  attemptFile({ path: shown, doing: 'written' }, () => writeFileSync(trial, text, { flag: 'wx' }));
  try {
    await loadSweep(trial, host);
  } finally {
    rmSync(trial, { force: true });
  }
}

/** What is wrong without its place in a text that nobody has written. */
function withoutPlace({ code, message, expected, hint }: Diagnostic): Diagnostic {
  return { code, message, ...(expected && { expected }), ...(hint && { hint }) };
}
