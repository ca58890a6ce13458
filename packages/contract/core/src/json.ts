/** Any value that survives `JSON.parse(JSON.stringify(x))`. Everything that crosses a package or thread boundary is one. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Named options of a contribution, after defaults have been filled in. */
export type Options = Readonly<Record<string, JsonValue>>;

/**
 * Text of a JSON value that is equal for equal values: object keys sorted by code unit, members that are `undefined` left out.
 *
 * @throws TypeError on NaN, infinities, functions and other values JSON cannot carry
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const members: Readonly<Record<string, unknown>> = { ...value };
    const keys = Object.keys(members).filter((key) => members[key] !== undefined);
    return `{${keys
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(members[key])}`)
      .join(',')}}`;
  }
  throw new TypeError(`not a JSON value: ${String(value)}`);
}

const LONGEST_QUOTE = 60;

/** A value as users would write it, shortened when long. */
export function quote(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE)}...`;
}
