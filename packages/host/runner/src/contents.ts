import type { ContributionKind, Sweep } from '@archon-dse/core';
import { digestCode, type CodeDigests } from './code-digest.js';
import { digestInputs, type Choices } from './digest-inputs.js';
import type { Inputs } from './inputs.js';
import type { LoadedPlugins } from './loader.js';

/** Everything that points only name and their results depend on: what files hold, and what the code says. Plain data. */
export interface Contents {
  readonly inputs: Inputs;
  readonly code: CodeDigests;
}

/** Of points without files, where the identity of a result plays no part. */
export const NO_CONTENTS: Contents = { inputs: {}, code: { engine: '', plugins: {} } };

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
