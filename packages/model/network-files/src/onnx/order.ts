import { fail, printable } from '@archon-dse/core';
import type { OnnxGraph, OnnxNode } from './graph.js';
import { brokenFile } from './refusal.js';

/**
 * The nodes that outputs of the graph depend on, each behind those it reads.
 *
 * @throws ArchonError ARCHON_ONNX_INVALID naming a node that reads itself, or a value that nothing gives
 */
export function orderedNodes({ nodes, outputs, inputs, initializers }: OnnxGraph): readonly OnnxNode[] {
  const given = new Set([...inputs.map(({ name }) => name), ...initializers.keys()]);
  const maker = new Map(
    nodes.flatMap((node) => node.outputs.filter((name) => name !== '').map((name) => [name, node])),
  );
  const ordered: OnnxNode[] = [];
  const state = new Map<OnnxNode, 'open' | 'done'>();
  const waiting: { readonly node: OnnxNode; next: number }[] = [];
  const enter = (name: string, reader: string): void => {
    if (name === '' || given.has(name)) return;
    const node = maker.get(name) ?? brokenFile(`${reader} reads "${printable(name)}", which nothing gives`);
    if (state.get(node) === 'done') return;
    if (state.get(node) === 'open') readsItself(node);
    state.set(node, 'open');
    waiting.push({ node, next: 0 });
  };
  if (outputs.length === 0) brokenFile('its graph has no outputs');
  for (const { name } of outputs) {
    enter(name, 'the graph');
    for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
      const input = top.node.inputs[top.next];
      top.next += 1;
      if (input !== undefined) enter(input, `node "${printable(top.node.name)}" (${printable(top.node.op)})`);
      else {
        state.set(top.node, 'done');
        ordered.push(top.node);
        waiting.pop();
      }
    }
  }
  return ordered;
}

function readsItself({ name, op }: OnnxNode): never {
  return fail({
    code: 'ARCHON_ONNX_INVALID',
    message: `node "${printable(name)}" (${printable(op)}) depends on what it computes itself`,
    expected: 'a graph without cycles',
    layer: name,
  });
}
