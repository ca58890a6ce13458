/** `layerNorm 25, gelu 12`: operations whose layers an accelerator did not cost, as the `notCosted` of a record counts them. */
export function notCostedText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([op, layers]) => `${op} ${layers}`)
    .join(', ');
}
