import type { ContributionMeta, OptionSchemas } from './contribution.js';
import { deepFreeze } from './deep-freeze.js';
import { requireFunction, type Checked, type Definition } from './definition.js';
import type { Options } from './json.js';
import type { Network } from './network.js';
import type { OptionValues } from './option-values.js';
import { parseOptions } from './parse-options.js';

/** A family of networks, as the host sees it. One that reads a file answers with a promise. */
export interface NetworkContribution<N extends Network | Promise<Network> = Network | Promise<Network>> {
  readonly meta: ContributionMeta;
  /**
   * @param given - options that differ from the defaults, or all of them
   * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION
   */
  build(given: Options): N;
}

export interface NetworkDefinition<
  O extends OptionSchemas,
  N extends Network | Promise<Network>,
> extends Definition<O> {
  /** Depends on its options, and on what files hold that they name; layers in topological order. */
  readonly build: (options: OptionValues<O>) => N;
}

/** Makes a family of networks that a plugin can provide. */
export function defineNetwork<const O extends OptionSchemas, N extends Network | Promise<Network>>(
  definition: Checked<NetworkDefinition<O, N>, O>,
): NetworkContribution<N> {
  const { build, rules, ...meta } = definition;
  requireFunction(meta.name, 'build', build);
  deepFreeze(meta); // defaults are handed to every point
  return { meta, build: (given) => build(parseOptions(meta, given, rules)) };
}
