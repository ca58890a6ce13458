import { inspect, types } from 'node:util';
import { excerpt } from '@archon-dse/engine/border';

/** What plugins throw and return may be anything: these functions look at it without ever throwing or calling code of its own. */

const SHORT = {
  breakLength: Infinity,
  customInspect: false,
  depth: 2,
  maxArrayLength: 10,
  maxStringLength: 200,
  showProxy: true,
};
/** The stack of an error inside a value. */
const FRAMES = /\n\s+at [^\n]*/g;

/** Any value in a few words, on one line. */
export function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  try {
    return excerpt(
      inspect(value, SHORT)
        .replace(FRAMES, '')
        .replace(/\s*\n\s*/g, ' '),
    );
  } catch {
    return 'a value that cannot be shown';
  }
}

/** Whether a value is an Error, asked without touching it: a proxy of one is none. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value);
}
