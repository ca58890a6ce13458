import { describeNetwork, lowerToWorkloads, vectorWorkOf } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { mobileNetV2 } from '../../test/mobile-net.js';
import { resNet50 } from '../../test/res-net.js';
import { BASE, vit } from '../../test/vit.js';
import type { OnnxFile } from '../../test/onnx-file.js';
import { importOnnx } from './import-onnx.js';

const read = (file: OnnxFile) => importOnnx(file.encode(), { id: 'me/file' });

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  return names.reduce<Record<string, number>>((all, name) => ({ ...all, [name]: (all[name] ?? 0) + 1 }), {});
}

describe('ONNX files of published networks', () => {
  /** @source parameters: torchvision and timm, tables of their weights; MACs: 300.8 M, 4.09 G, and ViT as in plugins/net-vit */
  it.each([
    ['MobileNetV2', mobileNetV2(), 3_504_872, 300_774_272, { conv: 35, depthwise: 17, dense: 1 }],
    ['MobileNetV2 of version 9', mobileNetV2(9), 3_504_872, 300_774_272, { conv: 35, depthwise: 17, dense: 1 }],
    ['ResNet-50', resNet50(), 25_557_032, 4_089_184_256, { conv: 53, dense: 1 }],
    ['ViT-B/16', vit(BASE), 86_567_656, 17_563_828_224, { conv: 1, dense: 49, matmul: 24 }],
  ])('%s has its parameters and MACs', (_, file, trainableParameters, macs, workloads) => {
    const { network } = read(file);
    expect(describeNetwork(network)).toMatchObject({ trainableParameters, macs });
    expect(counted(lowerToWorkloads(network).map(({ op }) => op))).toEqual(workloads);
    expect(network).toMatchObject({ input: [224, 224, 3], classes: 1000 });
  });

  it('MobileNetV2 has the planes, channels and blocks of its table', () => {
    const { layers } = describeNetwork(read(mobileNetV2()).network);
    const project = layers.filter(({ role }) => role === 'project');
    expect(project.map(({ block, out }) => `${block} ${out[0]} ${out[2]}`)).toEqual([
      ...['b1 56 24', 'b2 56 24', 'b3 28 32', 'b4 28 32', 'b5 28 32', 'b6 14 64', 'b7 14 64', 'b8 14 64', 'b9 14 64'],
      ...['b10 14 96', 'b11 14 96', 'b12 14 96', 'b13 7 160', 'b14 7 160', 'b15 7 160', 'b16 7 320'],
    ]);
    expect(layers.filter(({ block }) => block === 'tail').map(({ op }) => op)).toEqual([
      ...['conv', 'batchNorm', 'relu6', 'globalAveragePool', 'dense'],
    ]);
  });

  it('lists what is not costed, every node of it', () => {
    const work = (file: OnnxFile) => counted(vectorWorkOf(read(file).network).map(({ op }) => op));
    expect(work(mobileNetV2())).toEqual({ relu6: 35, add: 10, globalAveragePool: 1 });
    expect(work(resNet50())).toEqual({ relu: 49, maxPool: 1, add: 16, globalAveragePool: 1 });
    // One LayerNorm stands for nine nodes, one GELU for five; the scale of the scores is a product of its own.
    expect(work(vit(BASE))).toEqual({
      ...{ positionEmbedding: 1, layerNorm: 25, vector: 12, softmax: 12, add: 24, gelu: 12 },
    });
  });

  it('attention is a product for each head, as in the paper', () => {
    const products = lowerToWorkloads(read(vit({ ...BASE, depth: 1 })).network).filter(({ op }) => op === 'matmul');
    expect(products.map(({ problem: { C, M, P, Q }, groups }) => [C, M, P * Q, groups])).toEqual([
      [64, 197, 197, 12],
      [197, 64, 197, 12],
    ]);
  });

  it('a batch is open, of the file, or given', () => {
    const file = (images: number | string) => {
      const net = mobileNetV2(13, images);
      return net.encode();
    };
    const macs = (images: number | string, batch?: number) => {
      const options = batch === undefined ? {} : { batch };
      return describeNetwork(importOnnx(file(images), { id: 'me/file', ...options }).network).macs / 300_774_272;
    };
    expect([macs('N'), macs(8), macs('N', 4), macs(8, 4)]).toEqual([1, 8, 4, 4]);
    expect(importOnnx(file('N'), { id: 'me/file', dims: { N: 3 } }).network.batch).toBe(3);
    expect(importOnnx(file('N'), { id: 'me/file' }).assumed).toEqual({ N: 1 });
  });
});
