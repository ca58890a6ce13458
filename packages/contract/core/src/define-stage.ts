import type { OptionSchemas } from './contribution.js';
import { deepFreeze } from './deep-freeze.js';
import { requireFunction, type Checked, type Definition } from './definition.js';
import type { Options } from './json.js';
import type { OptionValues } from './option-values.js';
import { parseOptions } from './parse-options.js';
import type { StageContext, StageMeta, StageState } from './stage.js';

/** A step such as training, pruning or ReLU prediction, as the host sees it. */
export interface StageContribution {
  readonly meta: StageMeta;
  /**
   * @param given - options that differ from the defaults, or all of them
   * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION
   */
  apply(state: StageState, given: Options, context: StageContext): StageState | Promise<StageState>;
}

export interface StageDefinition<O extends OptionSchemas> extends Definition<O>, Pick<StageMeta, 'metrics'> {
  /** Returns a new state and leaves the given one as it is; stages run in the order listed. */
  readonly apply: (
    state: StageState,
    options: OptionValues<O>,
    context: StageContext,
  ) => StageState | Promise<StageState>;
}

/** Makes a stage that a plugin can provide. */
export function defineStage<const O extends OptionSchemas>(
  definition: Checked<StageDefinition<O>, O>,
): StageContribution {
  const { apply, rules, ...meta } = definition;
  requireFunction(meta.name, 'apply', apply);
  deepFreeze(meta); // defaults are handed to every point
  return { meta, apply: (state, given, context) => apply(state, parseOptions(meta, given, rules), context) };
}
