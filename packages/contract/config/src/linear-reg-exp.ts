import type { Options } from 'ajv';
import { RE2JS } from 're2js';

type RegExpEngine = NonNullable<NonNullable<Options['code']>['regExp']>;

/**
 * Regular expressions whose matching takes time in proportion to the text, whatever the expression: patterns come from plugins and texts
 * from users. They know no lookaround and no back references.
 *
 * @throws when the pattern has one of these, or is no regular expression
 */
export const linearRegExp: RegExpEngine = Object.assign(
  (pattern: string) => {
    const compiled = compile(pattern);
    // ajv tells patterns apart by their text
    return { test: (text: string) => compiled.matcher(text).find(), toString: () => pattern };
  },
  { code: 'linearRegExp' },
);

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (error) {
    throw new Error(`the pattern ${JSON.stringify(pattern)} cannot be used: ${(error as Error).message}`);
  }
}
