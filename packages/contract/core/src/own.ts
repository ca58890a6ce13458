/**
 * The member of a record under a name that comes from outside: a metric, an option, a layer. Nothing for `constructor`, `__proto__` and the
 * other names that every object inherits.
 */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
