import type { Accelerator, AcceleratorMeta } from './accelerator.js';
import type { OptionSchemas } from './contribution.js';
import { deepFreeze } from './deep-freeze.js';
import { requireFunction, type Checked, type Definition } from './definition.js';
import type { Options } from './json.js';
import type { OptionValues } from './option-values.js';
import { parseOptions } from './parse-options.js';

/** A family of accelerators, as the host sees it: one accelerator for each choice of options. */
export interface AcceleratorContribution<A extends Accelerator = Accelerator> {
  readonly meta: AcceleratorMeta;
  /**
   * Called once a point.
   *
   * @param given - options that differ from the defaults, or all of them
   * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION
   */
  create(given: Options): A;
}

export interface AcceleratorDefinition<O extends OptionSchemas, A extends Accelerator>
  extends Definition<O>, Pick<AcceleratorMeta, 'metrics'> {
  /** The accelerator of these options, whose functions close over them. */
  readonly create: (options: OptionValues<O>) => A;
}

/** Makes a family of accelerators that a plugin can provide. */
export function defineAccelerator<const O extends OptionSchemas, A extends Accelerator>(
  definition: Checked<AcceleratorDefinition<O, A>, O>,
): AcceleratorContribution<A> {
  const { create, rules, ...meta } = definition;
  requireFunction(meta.name, 'create', create);
  deepFreeze(meta); // defaults are handed to every point
  return { meta, create: (given) => create(parseOptions(meta, given, rules)) };
}
