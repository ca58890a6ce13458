import type { AttributeSchemas } from './contribution.js';
import type { Diagnostic } from './diagnostic.js';
import type { OptionValues } from './option-values.js';

/**
 * What must hold between options of one contribution, beyond what each schema says by itself.
 *
 * @example
 * {
 *   option: 'lanes',
 *   holds: ({ lanes, laneBits, adderBits }) => lanes * laneBits <= adderBits,
 *   refusal: ({ lanes, adderBits }) => ({ message: `${lanes} lanes do not fit an adder of ${adderBits} bit`, expected: '...' }),
 * }
 */
export interface OptionRule<O extends AttributeSchemas> {
  /** The option to blame: errors point at its value. */
  readonly option: keyof O & string;
  holds(options: OptionValues<O>): boolean;
  /** What is wrong, for people; called only where the rule does not hold. */
  refusal(options: OptionValues<O>): Pick<Diagnostic, 'message' | 'expected' | 'hint'>;
}
