import type { Candidate, Choice, ChoiceKind, Point, Registry, Sweep } from '@archon-dse/core';
import { findPricers, NO_CONTENTS, type Choices, type Contents } from '@archon-dse/engine';
import { choicesOf } from '../explore/expand.js';
import { refinedSweep } from '../explore/refine.js';
import { nodePlatform } from '../node-platform.js';
import { digestCode } from '../plugins/code-digest.js';
import type { LoadedPlugins } from '../plugins/loader.js';
import { digestInputs } from './digest-inputs.js';

/**
 * Looks at all files and code that results depend on. Accelerators may be asked for their components, to see whose classes price them.
 *
 * @param choices - what is used, see {@link choicesIn} for a sweep
 * @param cwd - where relative paths of options start
 * @param most - accelerators of each entry to ask; all of them unless given
 * @throws ArchonError ARCHON_FILE_NOT_FOUND
 */
export async function readContents(
  choices: Choices,
  { registry, sources }: LoadedPlugins,
  cwd: string,
  most = Infinity,
): Promise<Contents> {
  const inputs = await digestInputs(choices, registry, cwd);
  const asked = registry.list('component').length === 0 ? [] : (choices.accelerator ?? []);
  const accelerators = asked.flatMap((choice) => choicesOf({ axes: {}, ...choice }, most));
  const basis = { registry, platform: nodePlatform, contents: { ...NO_CONTENTS, inputs } };
  const pricers = await findPricers(accelerators, basis);
  const used = new Set([...providersOf(choices, registry), ...Object.values(pricers).flat()]);
  return {
    inputs,
    pricers,
    code: await digestCode(
      sources.filter(({ name }) => used.has(name)),
      cwd,
    ),
  };
}

/** The same with what some points depend on beside, so that not every point of a large space has to be looked at. */
export async function withContentsOf(
  points: readonly Point[],
  before: Contents,
  plugins: LoadedPlugins,
  cwd: string,
): Promise<Contents> {
  if (plugins.registry.list('component').length === 0) return before;
  const accelerators: readonly Choice[] = points.map(({ accelerator }) => accelerator);
  const { pricers, code } = await readContents({ accelerator: accelerators }, plugins, cwd);
  return {
    inputs: before.inputs,
    pricers: { ...before.pricers, ...pricers },
    code: { engine: code.engine, plugins: { ...before.code.plugins, ...code.plugins } },
  };
}

/** Names of the plugins that provide what is used. */
function providersOf(choices: Choices, registry: Registry): readonly string[] {
  const kinds = Object.keys(choices) as ChoiceKind[];
  return kinds.flatMap((kind) => (choices[kind] ?? []).map(({ use }) => registry.resolve(kind, use).plugin.name));
}

/** Everything a sweep uses, in its second step too. */
export function choicesIn(sweep: Sweep, registry: Registry): Readonly<Record<ChoiceKind, readonly Candidate[]>> {
  const steps = [sweep, ...(sweep.refine === undefined ? [] : [refinedSweep(sweep, sweep.refine, registry)])];
  return {
    network: steps.flatMap(({ networks }) => networks),
    stage: steps.flatMap(({ stages }) => stages),
    accelerator: steps.flatMap(({ accelerators }) => accelerators),
  };
}
