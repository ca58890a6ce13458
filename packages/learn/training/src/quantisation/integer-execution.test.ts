import { own, type Layer, type Network } from '@archon-dse/core';
import { proceduralDataset, createBatchTarget, evaluationBatches } from '@archon-dse/data';
import { LayerRun } from '@archon-dse/fused-execution';
import { planModel, type Levels, type NamedTensors, type PlanNode } from '@archon-dse/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../backends/load-backend.js';
import { evaluateModel } from '../loop/evaluate-model.js';
import { trainModel } from '../loop/train-model.js';
import { tinyNetwork, tinyTraining } from '../test-fixtures.js';
import type { Checkpoint } from '../checkpoints/checkpoint.js';
import type { Format } from './formats.js';
import { fusedAfter, outputFormats, readersOf } from './kept-values.js';
import { layerFormats } from './layer-formats.js';
import { quantiseCheckpoint } from './quantise-checkpoint.js';
import { scaleName } from './scale-name.js';

/**
 * A quantised network in whole numbers alone: codes of weights and of values, zero points, sums of products, biases in the scale of the sums; only
 * the factor from one scale to the next is a real number. Written apart from everything that is tested.
 */
class IntegerNetwork {
  readonly codes = new Map<string, readonly number[]>();
  private readonly nodes: ReadonlyMap<string, PlanNode>;
  private readonly network: Network;
  private readonly tensors: NamedTensors;
  private readonly levels: Readonly<Record<string, Levels>>;

  constructor(network: Network, tensors: NamedTensors, levels: Readonly<Record<string, Levels>>) {
    this.network = network;
    this.tensors = tensors;
    this.levels = levels;
    this.nodes = new Map(planModel({ network, batch: 1 }).nodes.map((node) => [node.name, node]));
  }

  run(image: Float32Array): void {
    const readers = readersOf(this.network);
    for (const layer of this.network.layers) {
      if (layer.op === 'input')
        this.codes.set(
          layer.name,
          [...image].map((value) => this.codeOf(layer.name, value)),
        );
      if (layer.op === 'globalAveragePool') this.average(layer);
      if (layer.op !== 'conv' && layer.op !== 'depthwise' && layer.op !== 'dense') continue;
      let last: Layer = layer;
      const ops: string[] = [];
      for (let next = fusedAfter(last, readers); next !== undefined; next = fusedAfter(last, readers)) {
        ops.push((last = next).op);
      }
      const norm = ops[0] === 'batchNorm' ? `${fusedAfter(layer, readers)!.name}/beta` : `${layer.name}/bias`;
      this.codes.set(last.name, this.multiply(layer, norm, this.at(last.name), ops.includes('relu')));
    }
  }

  private at(name: string): Levels & { readonly zero: number; readonly top: number } {
    const levels = own(this.levels, name)!;
    const zero = Math.round(-levels.least / levels.step);
    return { ...levels, zero, top: Math.round((levels.most - levels.least) / levels.step) };
  }

  private codeOf(name: string, value: number): number {
    const { step, zero, top } = this.at(name);
    return Math.min(Math.max(Math.floor(value / step + 0.5) + zero, 0), top);
  }

  private average(layer: Layer): void {
    const from = this.at(layer.inputs[0]!);
    const to = this.at(layer.name);
    const input = this.codes.get(layer.inputs[0]!)!;
    const channels = this.nodes.get(layer.name)!.shape[2];
    const cells = input.length / channels;
    const sums = Array.from({ length: channels }, () => 0);
    input.forEach((code, index) => (sums[index % channels]! += code - from.zero));
    const next = sums.map((sum) => Math.floor((sum * from.step) / (cells * to.step) + 0.5) + to.zero);
    this.codes.set(
      layer.name,
      next.map((code) => Math.min(Math.max(code, 0), to.top)),
    );
  }

  private multiply(layer: Layer, biasName: string, to: ReturnType<IntegerNetwork['at']>, isRectified: boolean) {
    const on = this.operandsOf(layer);
    const { node, scales, from } = on;
    const [rows, columns, filters] = node.shape;
    const bias = this.tensors[biasName]!.data;
    return Array.from({ length: rows * columns * filters }, (_, index) => {
      const [cell, f] = [Math.floor(index / filters), index % filters];
      const factor = scales[f]! * from.step;
      const place = { p: Math.floor(cell / columns), q: cell % columns, f };
      const sum = Math.round(bias[f]! / factor) + sumAt(on, place);
      expect(Number.isSafeInteger(sum)).toBe(true);
      const code = Math.floor((sum * factor) / to.step + 0.5) + to.zero;
      return Math.min(Math.max(code, isRectified ? to.zero : 0), to.top);
    });
  }

  operandsOf(layer: Layer) {
    const node = this.nodes.get(layer.name)!;
    if (node.op !== 'conv' && node.op !== 'depthwise' && node.op !== 'dense') throw new Error(node.op);
    const scales = this.tensors[scaleName(`${layer.name}/kernel`)]!.data;
    const weights = this.tensors[`${layer.name}/kernel`]!.data;
    const kernel = Array.from(weights, (weight, at) => Math.round(weight / scales[at % node.shape[2]]!));
    const source = layer.inputs[0]!;
    const { shape } = this.nodes.get(source)!;
    return { node, scales, kernel, from: this.at(source), input: this.codes.get(source)!, shape };
  }
}

type Operands = ReturnType<IntegerNetwork['operandsOf']>;

/** The sum of an output channel at one cell, over the taps that lie in the image. */
function sumAt(on: Operands, { p, q, f }: { readonly p: number; readonly q: number; readonly f: number }): number {
  const [height, width] = on.shape;
  const window = on.node.op === 'dense' ? { size: 1, stride: 1, rows: [0], columns: [0] } : on.node.window;
  let sum = 0;
  for (let tap = 0; tap < window.size ** 2; tap += 1) {
    const h = p * window.stride + Math.floor(tap / window.size) - window.rows[0];
    const w = q * window.stride + (tap % window.size) - window.columns[0];
    if (h >= 0 && h < height && w >= 0 && w < width) sum += tapSum(on, { tap, f, cell: h * width + w });
  }
  return sum;
}

type Tap = { readonly tap: number; readonly f: number; readonly cell: number };

function tapSum({ node, kernel, input, from, shape }: Operands, { tap, f, cell }: Tap): number {
  const [filters, channels] = [node.shape[2], shape[2]];
  const groups = node.op === 'dense' ? 1 : node.groups;
  const inputs = channels / groups;
  const first = Math.floor((f * groups) / filters) * inputs;
  let sum = 0;
  for (let c = 0; c < inputs; c += 1) {
    const weight = (node.op === 'depthwise' ? tap : tap * inputs + c) * filters + f;
    sum += kernel[weight]! * (input[cell * channels + first + c]! - from.zero);
  }
  return sum;
}

const network = tinyNetwork();
const data = { seed: 1, classes: 2, resolution: 8 } as const;
const dataset = {
  train: proceduralDataset({ ...data, split: 'train', count: 48 }),
  test: proceduralDataset({ ...data, split: 'test', count: 60 }),
};
let initial: Checkpoint;
beforeAll(async () => {
  initial = (await trainModel(tinyTraining({ epochs: 6 }))).kept;
});

describe.each<Format>(['int4', 'int8', 'int16'])('a network of %s', (format) => {
  it('gives in whole numbers what backends compute with rounded values', async () => {
    const formats = layerFormats(network, { weights: format, activations: format, mixed: {}, fullWidth: 'none' });
    const outputs = outputFormats(network, formats, format);
    const backend = await loadBackend('onnx');
    const request = { initial, formats, outputs, calibrationImages: 20, percentile: 100, dataset, backend, seed: 1 };
    const { info, tensors } = await quantiseCheckpoint(request);
    const { levels } = info.quantisation!;
    expect(Object.keys(levels)).toEqual([
      'input',
      'stem.relu',
      'b1.expand.relu',
      'b1.depthwise.relu',
      'b1.project.bn',
      'pool',
      'fc',
    ]);

    const integers = new IntegerNetwork(network, tensors, levels);
    const floats = new LayerRun(planModel({ network, batch: 1, levels }), tensors);
    const batches = evaluationBatches(dataset.test, { batch: 1, layout: 'nhwc' });
    const target = createBatchTarget(dataset.test, 1);
    const counts = { values: 0, apart: 0, correct: 0 };
    for (let image = 0; image < dataset.test.count; image += 1) {
      batches.fill(image, target);
      integers.run(target.images);
      floats.run(target.images);
      for (const [name, { step }] of Object.entries(levels)) {
        const zero = Math.round(-levels[name]!.least / step);
        const codes = integers.codes.get(name)!;
        floats.plane(`${name}.rounded`).forEach((value, index) => {
          const off = Math.abs(Math.round(value / step) + zero - codes[index]!);
          counts.values += 1;
          counts.apart += off > 0 ? 1 : 0;
          expect(off, name).toBeLessThanOrEqual(format === 'int16' ? 8 : 1); // a tie of the floats, and what follows from it
        });
      }
      const scores = integers.codes.get('fc')!;
      counts.correct += scores.indexOf(Math.max(...scores)) === target.labels[0] ? 1 : 0;
    }
    expect(counts.apart / counts.values).toBeLessThan(format === 'int16' ? 0.05 : 0.001);
    expect(Math.abs(info.origin!.score!.top1 - counts.correct / dataset.test.count)).toBeLessThanOrEqual(1 / 60);
    for (const id of ['reference', 'tfjs']) {
      const other = await evaluateModel({
        ...{ network, tensors, levels, dataset: dataset.test, batch: 10 },
        backend: await loadBackend(id),
      });
      expect(Math.abs(other.top1 - info.origin!.score!.top1), id).toBeLessThanOrEqual(1 / 60);
    }
  });
});
