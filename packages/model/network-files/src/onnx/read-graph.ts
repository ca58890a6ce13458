import { ArchonError } from '@archon-dse/core';
import { decodeModel, type Plain } from '../onnx-format.js';
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxPort, OnnxTensor } from './graph.js';
import { readTensor } from './read-tensor.js';
import { brokenFile } from './refusal.js';

/** Operators before this version broadcast by rules of their own. */
const LEAST_OPSET = 7;

/**
 * The graph of an ONNX file. Nothing of the bytes is kept but names, shapes and what may be a shape.
 *
 * @throws ArchonError ARCHON_ONNX_INVALID
 */
export function readGraph(bytes: Uint8Array): OnnxGraph {
  try {
    const model = decodeModel(bytes);
    const { graph, producer, opsets } = model as { graph?: Plain; producer?: string; opsets?: readonly Plain[] };
    if (graph === undefined) return brokenFile('it has no graph');
    return {
      producer: producer ?? '',
      opset: opsetOf(opsets ?? []),
      nodes: list(graph, 'nodes').map(readNode),
      inputs: list(graph, 'inputs').map(readPort),
      outputs: list(graph, 'outputs').map(readPort),
      initializers: readInitializers((graph['initializers'] ?? []) as readonly unknown[]),
    };
  } catch (error) {
    if (error instanceof ArchonError) throw error;
    return brokenFile(error instanceof Error ? error.message : String(error));
  }
}

function opsetOf(opsets: readonly Plain[]): number {
  const own = opsets.find(({ domain = '' }) => domain === '' || domain === 'ai.onnx');
  const version = Number(own?.['version'] ?? 0);
  if (version >= LEAST_OPSET) return version;
  return brokenFile(`its operators are of version ${version}`, `operators of version ${LEAST_OPSET} or later`);
}

function list(message: Plain, member: string): readonly Plain[] {
  return (message[member] ?? []) as readonly Plain[];
}

function readInitializers(tensors: readonly unknown[]): ReadonlyMap<string, OnnxTensor> {
  return new Map(
    tensors.map((bytes) => {
      const { name, tensor } = readTensor(bytes);
      return [name, tensor];
    }),
  );
}

function readNode(node: Plain, index: number): OnnxNode {
  const { name, opType, domain } = node as { name?: string; opType?: string; domain?: string };
  const outputs = (node['outputs'] ?? []) as readonly string[];
  return {
    name: name || outputs.find((output) => output !== '') || `node ${index}`,
    op: opType ?? '',
    domain: domain === 'ai.onnx' ? '' : (domain ?? ''),
    inputs: (node['inputs'] ?? []) as readonly string[],
    outputs,
    attributes: new Map(list(node, 'attributes').map((one) => [String(one['name'] ?? ''), readAttribute(one)])),
  };
}

function readAttribute({ s, t, ...numbers }: Plain): OnnxAttribute {
  return {
    ...(numbers as OnnxAttribute),
    ...(s instanceof Uint8Array ? { s: new TextDecoder().decode(s) } : {}),
    ...(t === undefined ? {} : { t: readTensor(t).tensor }),
  };
}

function readPort(port: Plain): OnnxPort {
  const name = String(port['name'] ?? '');
  const { tensor } = (port['type'] ?? {}) as { tensor?: { shape?: { dimensions?: readonly Plain[] } } };
  if (tensor?.shape === undefined) return { name };
  const dims = (tensor.shape.dimensions ?? []).map(({ value, parameter }) => {
    if (typeof value === 'number') return value;
    return typeof parameter === 'string' && parameter !== '' ? parameter : undefined;
  });
  return { name, dims };
}
