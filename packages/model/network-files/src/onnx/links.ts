import type { OnnxNode } from './graph.js';

/** Which node gives each value, and how many read it. */
export interface Links {
  readonly maker: ReadonlyMap<string, OnnxNode>;
  readonly readers: ReadonlyMap<string, number>;
}

/** @param outputs - of the graph, which count as readers */
export function linksOf(nodes: readonly OnnxNode[], outputs: readonly string[]): Links {
  const maker = new Map<string, OnnxNode>();
  const readers = new Map<string, number>();
  for (const node of nodes) for (const output of node.outputs) if (output !== '') maker.set(output, node);
  for (const name of [...nodes.flatMap(({ inputs }) => inputs), ...outputs])
    readers.set(name, (readers.get(name) ?? 0) + 1);
  return { maker, readers };
}
