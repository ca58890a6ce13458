import type { Readable, Writable } from 'node:stream';
import { cancel, intro, isCancel, multiselect, outro, select } from '@clack/prompts';
import { fail, type Registry } from '@archon-dse/core';
import { USUAL, type Wishes } from './wishes.js';

/** Where somebody is asked. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** What every accelerator has. */
const METRICS = ['cycles', 'energyPj', 'areaUm2'];

/**
 * Asks for what is not given.
 *
 * @returns nothing when they leave
 */
export async function askFor(
  given: Partial<Wishes>,
  registry: Registry,
  terminal: Terminal,
): Promise<Partial<Wishes> | undefined> {
  const several = async (message: string, values: readonly string[], usual: readonly string[]) => {
    const options = values.map((value) => ({ value, label: value }));
    return multiselect({ message, options, initialValues: [...usual], maxItems: 12, ...terminal });
  };
  const namesOf = (kind: 'network' | 'accelerator' | 'strategy'): readonly string[] =>
    registry.list(kind).map(({ contribution }) => contribution.meta.name);
  intro('A sweep of Archon DSE', terminal);
  const networks = given.networks ?? (await several('Which networks?', namesOf('network'), USUAL.networks));
  if (isCancel(networks)) return left(terminal);
  const accelerators = given.accelerators ?? (await several('On which accelerators?', namesOf('accelerator'), USUAL.accelerators)); // prettier-ignore
  if (isCancel(accelerators)) return left(terminal);
  const objectives = given.objectives ?? (await several('What is good?', METRICS, USUAL.objectives));
  if (isCancel(objectives)) return left(terminal);
  const strategies = namesOf('strategy').map((value) => ({ value, label: `those that ${value} chooses` }));
  const options = [{ value: '', label: 'all of them' }, ...strategies];
  const strategy = given.search?.strategy ?? (await select({ message: 'Which points?', options, initialValue: '', ...terminal })); // prettier-ignore
  if (isCancel(strategy)) return left(terminal);
  outro('', terminal);
  const points = given.search?.points ?? USUAL.points;
  return { networks, accelerators, objectives, ...(strategy === '' ? {} : { search: { strategy, points } }) };
}

function left(terminal: Terminal): undefined {
  cancel('Nothing was written.', terminal);
  return undefined;
}

/** @throws ArchonError ARCHON_USAGE, where nobody can be asked */
export function requireAll({ networks, accelerators, objectives }: Partial<Wishes>): void {
  const missing = Object.entries({ '--network': networks, '--accelerator': accelerators, '--objective': objectives })
    .filter(([, values]) => values === undefined)
    .map(([flag]) => flag);
  if (missing.length === 0) return;
  fail({
    code: 'ARCHON_USAGE',
    message: `nothing says ${missing.join(', ')}, and there is no terminal to ask on`,
    expected: `${missing.join(', ')}; or --yes, for what is usual`,
  });
}
