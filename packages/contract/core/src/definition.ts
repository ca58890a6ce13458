import type { ContributionMeta, OptionSchemas } from './contribution.js';
import type { OptionRule } from './option-rule.js';
import type { CheckedDefaults } from './option-values.js';

/**
 * What every contribution is defined with: what it says about itself, and rules between its options. The types of the options follow from
 * their schemas, so that a misspelt one does not compile.
 */
export interface Definition<O extends OptionSchemas> extends ContributionMeta<O> {
  /** Checked in this order, once every option is right by itself. */
  readonly rules?: readonly OptionRule<O>[];
}

/** A definition whose defaults are of the types of their options, which TypeScript checks once it knows these. */
export type Checked<D, O extends OptionSchemas> = D & { readonly options: CheckedDefaults<O> };

/**
 * Refuses a definition without its function, which only JavaScript lets pass.
 *
 * @throws TypeError
 */
export function requireFunction(contribution: string, name: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`the definition of "${contribution}" has no function ${name}`);
}
