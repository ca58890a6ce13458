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
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return canonicalMembers(value as Readonly<Record<string, unknown>>);
  throw new TypeError(`not a JSON value: ${String(value)}`);
}

function canonicalMembers(members: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const key of sortedKeys(members)) {
    const member = members[key];
    if (member === undefined) continue;
    text += (text === '' ? '{' : ',') + keyText(key) + canonicalJson(member);
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Names of members are few, and the same over and over. */
const MOST_KEYS = 1000;
const keyTexts = new Map<string, string>();

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (keyTexts.size < MOST_KEYS) keyTexts.set(key, text);
  return text;
}

/** By insertion, which is quicker than `sort` for the few members that most objects have. */
function sortedKeys(members: object): readonly string[] {
  const keys = Object.keys(members);
  if (keys.length > 32) return keys.sort();
  for (let end = 1; end < keys.length; end += 1) {
    const key = keys[end] ?? '';
    let at = end;
    for (; at > 0 && (keys[at - 1] ?? '') > key; at -= 1) keys[at] = keys[at - 1] ?? '';
    keys[at] = key;
  }
  return keys;
}

const LONGEST_QUOTE = 60;

/** A value as users would write it, shortened when long. */
export function quote(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE)}...`;
}
