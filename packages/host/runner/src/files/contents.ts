import type { ChoiceKind, Registry, Sweep } from '@archon-dse/core';
import { NO_CONTENTS, pricersOf, type Choices, type Contents, type Inputs } from '@archon-dse/engine';
import { choicesOf } from '../explore/expand.js';
import { nodePlatform } from '../node-platform.js';
import { digestCode } from '../plugins/code-digest.js';
import type { LoadedPlugins } from '../plugins/loader.js';
import { inTask } from '../plugins/plugin-tasks.js';
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
  const used = await inTask(() => usedPlugins(choices, registry, inputs)); // accelerators may be asked for their components
  return {
    inputs,
    code: await digestCode(
      sources.filter(({ name }) => used.has(name)),
      cwd,
    ),
  };
}

/** Names of the plugins that provide what is used, and of those by whose component classes it is priced. */
function usedPlugins(choices: Choices, registry: Registry, inputs: Inputs): ReadonlySet<string> {
  const basis = { registry, platform: nodePlatform, contents: { ...NO_CONTENTS, inputs } };
  const kinds = Object.keys(choices) as ChoiceKind[];
  const provided = kinds.flatMap((kind) => (choices[kind] ?? []).map(({ use }) => registry.resolve(kind, use).plugin));
  const priced = (registry.list('component').length === 0 ? [] : (choices.accelerator ?? []))
    .flatMap((choice) => choicesOf({ axes: {}, ...choice }))
    .flatMap((choice) => pricersOf(choice, basis));
  return new Set([...provided, ...priced].map(({ name }) => name));
}

/** Everything a sweep uses. */
export function choicesIn({ networks, stages, accelerators }: Sweep): Required<Choices> {
  return { network: networks, stage: stages, accelerator: accelerators };
}
