import { canonicalJson } from '@archon-dse/core';
import { sha256 } from '@archon-dse/core/files';

/** Everything that layer results of an accelerator depend on beside their keys. Plain data. */
export interface LayerScope {
  /** Id of the accelerator. */
  readonly accelerator: string;
  readonly plugin: { readonly name: string; readonly version: string; readonly code: string };
  readonly engine: { readonly name: string; readonly code: string };
  /** Version of V8: mathematical functions may round differently in another. */
  readonly runtime: string;
  /** SHA-256 of what the paths in its options lead to, by option. */
  readonly files: Readonly<Record<string, string>>;
  /** SHA-256 of the chain of stages, where these left files that accelerators may read. */
  readonly chain?: string;
}

/** A folder name: equal for equal scopes. */
export function scopeId(scope: LayerScope): string {
  return sha256(canonicalJson(scope)).slice(0, 16);
}

/** What two scopes differ in, for people, e.g. `the code of plugin "me"`. */
export function differences(a: LayerScope, b: LayerScope): readonly string[] {
  const options = [...new Set([...Object.keys(a.files), ...Object.keys(b.files)])];
  return [
    ...(a.accelerator === b.accelerator ? [] : ['the accelerator']),
    ...(a.plugin.name === b.plugin.name ? [] : ['the plugin']),
    ...(a.plugin.version === b.plugin.version ? [] : [`the version of plugin "${a.plugin.name}"`]),
    ...(a.plugin.code === b.plugin.code ? [] : [`the code of plugin "${a.plugin.name}" or of what it depends on`]),
    ...(a.engine.name === b.engine.name ? [] : ['the version of the engine']),
    ...(a.engine.code === b.engine.code ? [] : ['the code of the engine']),
    ...(a.runtime === b.runtime ? [] : ['the version of Node']),
    ...options.filter((option) => a.files[option] !== b.files[option]).map((option) => `what option ${option} names`),
    ...(a.chain === b.chain ? [] : ['the network and its stages']),
  ];
}
