/** Controls but line feed and tab, line separators, marks that turn the direction of writing, halves of pairs. */
const UNPRINTABLE = /[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text from outside as a terminal may have it: what would move the cursor, change colours or hide other text is written as JSON
 * writes it, e.g. `\u001b`. Inside a string of JSON it still means the same.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** The same on a single line. */
export function printableLine(text: string): string {
  return printable(text).replace(/[\n\t]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
