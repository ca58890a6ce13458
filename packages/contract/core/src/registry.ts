import type { Described } from './contribution.js';
import type { AcceleratorContribution } from './define-accelerator.js';
import type { ComponentContribution } from './define-component.js';
import type { NetworkContribution } from './define-network.js';
import type { StageContribution } from './define-stage.js';
import type { StrategyContribution } from './define-strategy.js';
import { fail } from './diagnostic.js';
import { CONTRIBUTION_KINDS, KINDS, type ContributionKind, type Plugin } from './plugin.js';
import { didYouMean } from './suggest.js';

interface ContributionOf {
  readonly network: NetworkContribution;
  readonly stage: StageContribution;
  readonly accelerator: AcceleratorContribution;
  readonly component: ComponentContribution;
  readonly strategy: StrategyContribution;
}

/** A contribution with its public id and the plugin it came from. */
export interface Registered<K extends ContributionKind = ContributionKind> {
  readonly id: string;
  readonly kind: K;
  readonly plugin: Plugin['meta'];
  readonly contribution: ContributionOf[K];
}

/** All contributions of the loaded plugins. Immutable once built. */
export class Registry {
  readonly plugins: readonly Plugin[];
  private readonly entries: ReadonlyMap<string, Registered>;

  /** @throws ArchonError when two plugins provide the same id */
  constructor(plugins: readonly Plugin[]) {
    this.plugins = plugins;
    const entries = new Map<string, Registered>();
    for (const plugin of plugins) for (const entry of contributionsOf(plugin)) addUnique(entries, entry);
    this.entries = entries;
  }

  /** All contributions of a kind, in the order they were loaded. */
  list<K extends ContributionKind>(kind: K): readonly Registered<K>[] {
    return [...this.entries.values()].filter((entry): entry is Registered<K> => entry.kind === kind);
  }

  /**
   * Finds `namespace/name`, or a short `name` when only one plugin provides it.
   *
   * @throws ArchonError ARCHON_UNKNOWN_ID or ARCHON_AMBIGUOUS_ID
   */
  resolve<K extends ContributionKind>(kind: K, id: string): Registered<K> {
    const exact = this.entries.get(keyOf(kind, id));
    if (exact !== undefined) return exact as Registered<K>;
    const all = this.list(kind);
    const found = all.filter((entry) => !id.includes('/') && entry.contribution.meta.name === id);
    const [first] = found;
    if (first !== undefined && found.length === 1) return first;
    const known = all.map((entry) => entry.id);
    if (found.length > 1) {
      fail({
        code: 'ARCHON_AMBIGUOUS_ID',
        message: `more than one ${kind} is called "${id}"`,
        expected: `one of: ${found.map((entry) => entry.id).join(', ')}`,
      });
    }
    const hint = didYouMean(id, id.includes('/') ? known : all.map((entry) => entry.contribution.meta.name));
    return fail({
      code: 'ARCHON_UNKNOWN_ID',
      message: `no ${kind} is called "${id}"`,
      expected: known.length === 0 ? `a plugin that provides one (none is loaded)` : `one of: ${known.join(', ')}`,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

function contributionsOf(plugin: Plugin): readonly Registered[] {
  return KINDS.flatMap((kind) => {
    const contributions: readonly { readonly meta: Described }[] = plugin[CONTRIBUTION_KINDS[kind]] ?? [];
    return contributions.map((contribution) => ({
      id: `${plugin.meta.namespace}/${contribution.meta.name}`,
      kind,
      plugin: plugin.meta,
      contribution: contribution as ContributionOf[ContributionKind],
    }));
  });
}

const keyOf = (kind: ContributionKind, id: string): string => `${kind}:${id}`;

function addUnique(entries: Map<string, Registered>, entry: Registered): void {
  const key = keyOf(entry.kind, entry.id);
  const other = entries.get(key);
  if (other !== undefined) {
    fail({
      code: 'ARCHON_PLUGIN_DUPLICATE_ID',
      message: `${entry.kind} "${entry.id}" is provided by both "${other.plugin.name}" and "${entry.plugin.name}"`,
      expected: 'a namespace of its own for each plugin',
    });
  }
  entries.set(key, entry);
}
