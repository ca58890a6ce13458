/** The members with these names that there are, in this order. */
export function pick<T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Pick<T, K> {
  const members = keys.filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key]] as const);
  return Object.fromEntries(members) as Pick<T, K>;
}
