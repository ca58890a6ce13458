import { activationLevels, dequantiseWeights, quantiseWeights } from '@archon-dse/compression';
import { bitsOf, type Layer, type Network } from '@archon-dse/core';
import type { Levels, NamedTensors, TensorValue } from '@archon-dse/tensor';
import { fromOutputsFirst, toOutputsFirst, windowedKernel } from '../checkpoints/outputs-first.js';
import type { Range } from './calibrate.js';
import type { Format, LayerFormats } from './formats.js';
import { scaleName } from './scale-name.js';
import { fusedAfter, isMoving, readersOf, type KeptValue } from './kept-values.js';

/** Levels of the values that are kept, by layer. */
export function levelsOf(
  kept: readonly KeptValue[],
  ranges: Readonly<Record<string, Range>>,
): Readonly<Record<string, Levels>> {
  const levels = kept.flatMap(({ layer, format }) => {
    const range = ranges[layer];
    if (range === undefined || format === 'full') return [];
    return [[layer, activationLevels(range.least, range.most, bitsOf(format))] as const];
  });
  return Object.fromEntries(levels);
}

/**
 * Weights and biases as whole numbers times a scale, with the scales of the weights beside them. The scale of a bias is that of the weights of
 * its channel times the step of the inputs, so that it adds up with the products; without both it is not rounded.
 *
 * @param tensors - with BatchNorms folded
 * @param levels - of the values that are kept
 */
export function quantiseTensors(
  network: Network,
  tensors: NamedTensors,
  formats: Readonly<Record<string, LayerFormats>>,
  levels: Readonly<Record<string, Levels>>,
): NamedTensors {
  const readers = readersOf(network);
  const stepOf = stepsOf(network, levels);
  const quantised = network.layers.flatMap((layer) => {
    const { weights = 'full' } = formats[layer.name] ?? {};
    const kernel = tensors[`${layer.name}/kernel`];
    if (weights === 'full' || kernel === undefined) return [];
    const norm = fusedAfter(layer, readers);
    const biasName = norm?.op === 'batchNorm' ? `${norm.name}/beta` : `${layer.name}/bias`;
    const step = stepOf(layer.inputs[0] ?? '');
    const { kernel: rounded, scales } = quantiseKernel(layer, kernel, weights);
    const bias = tensors[biasName];
    return Object.entries({
      [`${layer.name}/kernel`]: rounded,
      [scaleName(`${layer.name}/kernel`)]: { shape: [scales.length], data: scales },
      ...(bias === undefined || step === undefined ? {} : { [biasName]: roundBias(bias, scales, step) }),
    });
  });
  return { ...tensors, ...Object.fromEntries(quantised) };
}

function quantiseKernel(layer: Layer, kernel: TensorValue, format: Exclude<Format, 'full'>) {
  const windowed = windowedKernel(layer, kernel);
  const isDepthwise = layer.op === 'depthwise';
  const channels = windowed.shape[isDepthwise ? 2 : 3] ?? 1;
  const weights = quantiseWeights(toOutputsFirst(windowed, isDepthwise), channels, bitsOf(format));
  const rounded = fromOutputsFirst(dequantiseWeights(weights), windowed, isDepthwise);
  return { kernel: { ...rounded, shape: kernel.shape }, scales: weights.scales };
}

function roundBias(bias: TensorValue, scales: Float32Array, step: number): TensorValue {
  const data = bias.data.map((value, channel) => {
    const scale = (scales[channel] ?? 1) * step;
    return Math.round(value / scale) * scale;
  });
  return { ...bias, data };
}

/** The step of what a layer gives, through operations that only move values; undefined where it is not rounded. */
function stepsOf({ layers }: Network, levels: Readonly<Record<string, Levels>>) {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const stepOf = (name: string): number | undefined => {
    const layer = byName.get(name);
    return layer !== undefined && isMoving(layer) ? stepOf(layer.inputs[0] ?? '') : levels[name]?.step;
  };
  return stepOf;
}
