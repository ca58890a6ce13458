import { inspect, types } from 'node:util';

/** What plugins throw and return may be anything: these functions read it without ever throwing, calling a `toString` or growing long. */

const LONGEST_TEXT = 2000;

/** A text, cut where it gets long. */
export function excerpt(text: string, most = LONGEST_TEXT): string {
  return text.length <= most ? text : `${text.slice(0, most)}... (${String(text.length)} characters)`;
}

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
export function safeText(value: unknown): string {
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

/** A member of an object, or nothing where reading it throws. */
export function safeMember(object: object, name: string): unknown {
  try {
    return (object as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}

/** A member that is a text, shortened. */
export function safeTextMember(object: object, name: string, most?: number): string | undefined {
  const value = safeMember(object, name);
  return typeof value === 'string' ? excerpt(value, most) : undefined;
}

/** Whether a value is an Error, asked without touching it: a proxy of one is none. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value);
}
