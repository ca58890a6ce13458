import type { ContributionMeta, OptionSchemas } from './contribution.js';
import { deepFreeze } from './deep-freeze.js';
import { requireFunction, type Checked, type Definition } from './definition.js';
import type { Options } from './json.js';
import type { Network } from './network.js';
import type { OptionValues } from './option-values.js';
import { parseOptions } from './parse-options.js';

/** A family of networks, as the host sees it. */
export interface NetworkContribution {
  readonly meta: ContributionMeta;
  /**
   * @param given - options that differ from the defaults, or all of them
   * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION
   */
  build(given: Options): Network;
}

export interface NetworkDefinition<O extends OptionSchemas> extends Definition<O> {
  /** Pure; layers in topological order. */
  readonly build: (options: OptionValues<O>) => Network;
}

/** Makes a family of networks that a plugin can provide. */
export function defineNetwork<const O extends OptionSchemas>(
  definition: Checked<NetworkDefinition<O>, O>,
): NetworkContribution {
  const { build, rules, ...meta } = definition;
  requireFunction(meta.name, 'build', build);
  deepFreeze(meta); // defaults are handed to every point
  return { meta, build: (given) => build(parseOptions(meta, given, rules)) };
}
