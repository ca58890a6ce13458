import type { JsonValue } from '@archon-dse/core';

/** The JSON of a value, where reading it gives the very same; nothing for -0, NaN, infinities and members that are undefined. */
export function exactJson(value: JsonValue): string | undefined {
  return isExact(value) ? JSON.stringify(value) : undefined;
}

function isExact(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return Array.isArray(value) ? value.every(isExact) : Object.values(value).every(isExact);
}
