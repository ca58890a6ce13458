/** What plugins throw and return may be anything: these functions read it without ever throwing, calling a `toString` or growing long. */

const LONGEST_TEXT = 2000;

/** A text, cut where it gets long. */
export function excerpt(text: string, most = LONGEST_TEXT): string {
  return text.length <= most ? text : `${text.slice(0, most)}... (${String(text.length)} characters)`;
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
