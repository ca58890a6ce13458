import type { Registered, Registry } from '@archon-dse/core';

/** The built-in network that reads a file. */
const FILE = 'archon/file';

/** A network as a command line names it. */
export interface NamedNetwork {
  readonly network: Registered<'network'>;
  /** What its name says about its options, before `--set`. */
  readonly given: { readonly file?: string };
}

/**
 * The network behind a name or, where the text ends as such files do, in a file.
 *
 * @throws ArchonError ARCHON_UNKNOWN_ID or ARCHON_AMBIGUOUS_ID
 */
export function namedNetwork(registry: Registry, text: string): NamedNetwork {
  if (!/\.(onnx|ya?ml|json)$/i.test(text)) return { network: registry.resolve('network', text), given: {} };
  return { network: registry.resolve('network', FILE), given: { file: text } };
}

/** The same as texts of `--set`. */
export function setTexts(given: NamedNetwork['given']): readonly string[] {
  return Object.entries(given).map(([option, value]) => `network.${option}=${JSON.stringify(value)}`);
}
