import type { Network } from '@archon-dse/core';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { initialState, planModel, type NamedTensors } from '@archon-dse/tensor';
import { buildNetwork } from '@archon-dse/testing';
import type { Checkpoint } from '@archon-dse/training';
import { bitFlips, jsonMutations, otherFiles, randomOf, truncations, type Mutant } from '../mutate.js';

/** A network to damage the weights of, and a checkpoint of it. */
const OPTIONS = { width: 0.1, resolution: 8, classes: 2 };
export const SET = Object.entries(OPTIONS).flatMap(([key, value]) => ['--set', `${key}=${String(value)}`]);
export const network: Network = buildNetwork(mobileNetV2.networks![0]!, OPTIONS);
const plan = planModel({ network, batch: 1 });
const state = initialState(plan, 1);
export const weights = Object.fromEntries(plan.weights.map(({ name }) => [name, state[name]!])) satisfies NamedTensors;
const epoch = { trainLoss: 1, trainAccuracy: 0.5, testLoss: 1, testAccuracy: 0.5 };
export const good: Checkpoint = {
  info: {
    ...{ stage: 'train', network, dataset: 'procedural', seed: 1, epochs: 2, history: [epoch], epoch: 0 },
    origin: { networkOptions: OPTIONS, recipe: 'short', batch: 8, parent: { stage: 'train', sha256: 'ab' } },
  },
  tensors: weights,
};

/** Damage anywhere in a safetensors file. */
export function damageTensors(bytes: Buffer, label: string): readonly Mutant[] {
  const random = randomOf(label);
  const end = 8 + Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString('utf8', 8, end)) as object;
  const headers = jsonMutations(header, 30, random).map(({ what, value }) => {
    const json = Buffer.from(JSON.stringify(value));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    return { what: `header: ${what}`, bytes: Buffer.concat([length, json, bytes.subarray(end)]) };
  });
  return [
    ...truncations(bytes, 12, random),
    ...bitFlips(bytes, 0, 8, 8, random),
    ...bitFlips(bytes, 8, end, 30, random),
    ...otherFiles(bytes),
    ...headers,
  ];
}
