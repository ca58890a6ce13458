import type { Layer, Network, Precision } from '@archon-dse/core';
import { hasWeights } from '@archon-dse/workload';
import { wider, type Format, type LayerFormats } from './formats.js';

/** A value between layers as hardware keeps it: what comes out of a layer with the BatchNorm and the ReLU that belong to it. */
export interface KeptValue {
  /** The last layer that made it. */
  readonly layer: string;
  readonly format: Format;
}

/** What BatchNorms and ReLUs may follow to be computed before a value is kept, beside layers with weights. */
const FUSED_AFTER: Partial<Record<Layer['op'], readonly Layer['op'][]>> = {
  batchNorm: [],
  relu: ['batchNorm', 'add'],
  relu6: ['batchNorm', 'add'],
};

const MOVING: readonly Layer['op'][] = [
  ...(['channelShuffle', 'maxPool', 'softmax', 'reshape', 'transpose', 'takePosition', 'upsample'] as const),
];

/** Whether the outputs of a layer are among its inputs, so that nothing is rounded anew. */
export function isMoving({ op }: Pick<Layer, 'op'>): boolean {
  return MOVING.includes(op);
}

/** The layers that read each layer. */
export function readersOf({ layers }: Network): (layer: string) => readonly Layer[] {
  const readers = new Map<string, Layer[]>();
  for (const layer of layers)
    for (const input of layer.inputs) readers.set(input, [...(readers.get(input) ?? []), layer]);
  return (layer) => readers.get(layer) ?? [];
}

/** The layer that goes on with the value of another before it is kept; a BatchNorm or ReLU that is its only reader. */
export function fusedAfter(layer: Layer, readers: ReturnType<typeof readersOf>): Layer | undefined {
  const [reader, ...others] = readers(layer.name);
  const before = reader === undefined || others.length > 0 ? undefined : FUSED_AFTER[reader.op];
  if (before === undefined) return undefined;
  return hasWeights(layer) || before.includes(layer.op) ? reader : undefined;
}

/**
 * The format in which the outputs of each layer are kept: the widest of what its readers want. A layer that computes with weights wants the format of
 * its own activations, what is computed before a value is kept or only moves it wants what its own readers want, anything else the usual one.
 * Scores have the format of the layer that makes them.
 */
export function outputFormats(
  network: Network,
  formats: Readonly<Record<string, LayerFormats>>,
  usual: Format,
): ReadonlyMap<string, Format> {
  const readers = readersOf(network);
  const outputs = new Map<string, Format>();
  for (const layer of [...network.layers].reverse()) {
    const fused = fusedAfter(layer, readers);
    const wanted = readers(layer.name).map((reader) => {
      const isPassed = reader === fused || isMoving(reader);
      return formats[reader.name]?.activations ?? (isPassed ? outputs.get(reader.name) : undefined) ?? usual;
    });
    const [first, ...others] = wanted;
    outputs.set(
      layer.name,
      first === undefined ? ofScores(layer, network, formats, usual) : others.reduce(wider, first),
    );
  }
  return outputs;
}

/** Scores are kept in the format of the last layer that computes. */
function ofScores(
  layer: Layer,
  { layers }: Network,
  formats: Readonly<Record<string, LayerFormats>>,
  usual: Format,
): Format {
  const last = layers
    .slice(0, layers.indexOf(layer) + 1)
    .reverse()
    .find(hasWeights);
  return (last === undefined ? undefined : formats[last.name]?.activations) ?? usual;
}

/** The values that are rounded, in the order of the network; those of a softmax and those kept at full width are not. */
export function keptValues(network: Network, outputs: ReadonlyMap<string, Format>): readonly KeptValue[] {
  const readers = readersOf(network);
  return network.layers.flatMap((layer): KeptValue[] => {
    const format = outputs.get(layer.name) ?? 'full';
    const isKept = !isMoving(layer) && fusedAfter(layer, readers) === undefined;
    return isKept && format !== 'full' ? [{ layer: layer.name, format }] : [];
  });
}

/** Formats as the state of a stage has them, of the layers that compute. */
export function precisionsOf(
  network: Network,
  formats: Readonly<Record<string, LayerFormats>>,
  outputs: ReadonlyMap<string, Format>,
): Readonly<Record<string, Precision>> {
  const formatOf = (name = ''): Format => outputs.get(name) ?? 'full';
  const computing = network.layers.filter(
    (layer) => hasWeights(layer) || layer.op === 'matmul' || layer.op === 'batchMatmul',
  );
  const precisions = computing.map(({ name, inputs: [input, second] }) => {
    const weights = formats[name]?.weights ?? formatOf(second); // a product of two values has the second in their place
    const all = { weights, inputs: formatOf(input), outputs: formatOf(name) };
    return [name, Object.fromEntries(Object.entries(all).filter(([, format]) => format !== 'full'))] as const;
  });
  return Object.fromEntries(precisions.filter(([, precision]) => Object.keys(precision).length > 0));
}
