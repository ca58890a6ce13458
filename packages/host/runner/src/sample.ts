/** `limit` items, spread evenly, in their order; all of them without a limit. */
export function sample<T>(items: readonly T[], limit = items.length): readonly T[] {
  if (limit >= items.length) return items;
  return items.filter(
    (_, index) => Math.floor((index * limit) / items.length) !== Math.floor(((index - 1) * limit) / items.length),
  );
}
