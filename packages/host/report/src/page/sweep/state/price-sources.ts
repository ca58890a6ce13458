/** Components whose prices come from one estimator. */
export interface SourceGroup {
  /** E.g. `CACTI 7 (1ffd8df), 45 nm`. */
  readonly estimator: string;
  readonly components: readonly { readonly name: string; readonly variants: readonly (readonly string[])[] }[];
}

/**
 * Folds the sources of prices by estimator. A component has a variant for each set of attributes the points price it with. Each variant is
 * its clauses, what repeats the first one shortened to what it is for.
 */
export function foldSources(prices: Readonly<Record<string, readonly string[]>>): readonly SourceGroup[] {
  const groups = new Map<string, Map<string, (readonly string[])[]>>();
  for (const [name, sources] of Object.entries(prices)) {
    for (const source of sources) {
      const estimator = estimatorOf(source);
      const components = groups.get(estimator) ?? new Map<string, (readonly string[])[]>();
      components.set(name, [...(components.get(name) ?? []), clauses(source, estimator)]);
      groups.set(estimator, components);
    }
  }
  return [...groups].map(([estimator, components]) => ({
    estimator,
    components: [...components].map(([name, variants]) => ({ name, variants })),
  }));
}

/** What comes before a colon, or before the first figure that tells one component from another. */
function estimatorOf(source: string): string {
  const [first = ''] = source.split('; ');
  const named = /^([^:;,]*\)(?:, \d+ nm)?)[:,] /.exec(first)?.[1] ?? /^([^:]*): /.exec(first)?.[1];
  return named ?? first;
}

function clauses(source: string, estimator: string): readonly string[] {
  const parts = source.split('; ');
  const first = parts[0] ?? '';
  const shorten = (part: string): string => {
    const text = part.replace(`: ${first}`, '');
    return text.startsWith(estimator) ? text.slice(estimator.length).replace(/^[:,]\s*/, '') : text;
  };
  return [...new Set(parts.map(shorten))].filter((text) => text !== '');
}
