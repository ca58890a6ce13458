import {
  canonicalJson,
  mapPaths,
  mayHavePaths,
  type Choice,
  type ChoiceKind,
  type OptionPath,
  type Options,
  type Plugin,
  type Registered,
} from '@archon-dse/core';
import { BoundedMap } from '../bounded-map.js';
import type { Basis } from '../evaluation-context.js';
import { inputOf, locate } from './inputs.js';
import { namedPaths, type NamedPath } from './named-paths.js';
import { pricersOf } from './pricers-of.js';

/** What follows from a choice and the contents it depends on. Frozen. */
export interface ChoiceFacts<K extends ChoiceKind = ChoiceKind> {
  readonly entry: Registered<K>;
  /** The choice in canonical JSON with contents in place of paths: equal where results are. */
  readonly identity: string;
  /** With absolute paths: what the contribution is given. */
  readonly options: Options;
  readonly paths: readonly NamedPath[];
  /** The plugins that results depend on: its own, and those that price an accelerator. */
  readonly plugins: readonly Plugin['meta'][];
  /** The same as a text, for comparison. */
  readonly pluginNames: string;
}

/** Choices that are remembered, of each kind: points in a row share all but one of theirs. */
const REMEMBERED = 100;

/** Finds out about choices, once for those it met last. */
export class ChoiceBook {
  private readonly basis: Basis;
  private readonly known: { readonly [K in ChoiceKind]: BoundedMap<Choice, ChoiceFacts<K>> } = {
    network: new BoundedMap(REMEMBERED),
    stage: new BoundedMap(REMEMBERED),
    accelerator: new BoundedMap(REMEMBERED),
  };

  constructor(basis: Basis) {
    this.basis = basis;
  }

  /** @param choice - never changes again: it is known by itself */
  of<K extends ChoiceKind>(kind: K, choice: Choice): ChoiceFacts<K> {
    return this.known[kind].getOrMake(choice, () => this.find(kind, choice));
  }

  private find<K extends ChoiceKind>(kind: K, choice: Choice): ChoiceFacts<K> {
    const { registry, contents } = this.basis;
    const { use, options } = choice;
    const { inputs, pricers } = contents;
    const entry = registry.resolve(kind, use);
    const { meta } = entry.contribution;
    const identity = (of: Options): string => `{"options":${canonicalJson(of)},"use":${JSON.stringify(use)}}`;
    const priced = kind === 'accelerator' ? pricersOf(choice, pricers, registry) : [];
    const plugins = [entry.plugin, ...priced];
    const facts = { entry, plugins, pluginNames: plugins.map(({ name }) => name).join() };
    if (!mayHavePaths(meta.options)) return { ...facts, identity: identity(options), options, paths: [] };
    const sha256Of = (text: string, path: OptionPath): string => `sha256:${inputOf(text, path, inputs).sha256}`;
    return {
      ...facts,
      identity: identity(mapPaths(meta, options, sha256Of)),
      options: locate(kind, choice, { registry, inputs }),
      paths: namedPaths({ [kind]: [choice] }, registry),
    };
  }
}
