import type { ContributionKind, Sweep } from '@archon-dse/core';
import type { Choices, Contents } from '@archon-dse/engine';
import { digestCode } from '../plugins/code-digest.js';
import type { LoadedPlugins } from '../plugins/loader.js';
import { digestInputs } from './digest-inputs.js';

/**
 * Looks at all files and code that results depend on.
 *
 * @param choices - what is used, see {@link choicesIn} for a sweep
 * @param cwd - where relative paths of options start
 * @throws ArchonError ARCHON_FILE_NOT_FOUND
 */
export async function readContents(
  choices: Choices,
  { registry, sources }: LoadedPlugins,
  cwd: string,
): Promise<Contents> {
  const inputs = await digestInputs(choices, registry, cwd);
  const kinds = Object.keys(choices) as ContributionKind[];
  const used = kinds.flatMap((kind) => (choices[kind] ?? []).map(({ use }) => registry.resolve(kind, use).plugin.name));
  return { inputs, code: await digestCode(sources.filter(({ name }) => used.includes(name))) };
}

/** Everything a sweep uses. */
export function choicesIn({ networks, stages, accelerators }: Sweep): Required<Choices> {
  return { network: networks, stage: stages, accelerator: accelerators };
}
