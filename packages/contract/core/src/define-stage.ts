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
  /** See {@link StageDefinition.check}. */
  readonly check?: (given: Options) => void;
  /**
   * @param given - options that differ from the defaults, or all of them
   * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION
   */
  apply(state: StageState, given: Options, context: StageContext): StageState | Promise<StageState>;
}

export interface StageDefinition<O extends OptionSchemas> extends Definition<O>, Pick<StageMeta, 'metrics'> {
  /**
   * Called before anything runs, once for each choice of options: throws what keeps the stage from running on this machine, such as a
   * package that is not installed. Takes no time. Values that no machine accepts are a matter of the schema and of rules.
   */
  readonly check?: (options: OptionValues<O>) => void;
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
  const { apply, check, rules, ...meta } = definition;
  requireFunction(meta.name, 'apply', apply);
  deepFreeze(meta); // defaults are handed to every point
  return {
    meta,
    ...(check === undefined ? {} : { check: (given: Options) => check(parseOptions(meta, given, rules)) }),
    apply: (state, given, context) => apply(state, parseOptions(meta, given, rules), context),
  };
}
