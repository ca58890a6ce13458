import { predictedBlocks } from '@archon-dse/compression';
import { seededRandom, type Network, type Plugin } from '@archon-dse/core';
import { Verifier } from '@archon-dse/fused-execution';
import fusioNet from '@archon-dse/net-fusionet';
import mnasNet from '@archon-dse/net-mnasnet';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import shuffleNet from '@archon-dse/net-shufflenet';
import { initialState, planModel, type NamedTensors } from '@archon-dse/tensor';
import { buildNetwork } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';

const SMALL = { width: 0.25, resolution: 16 };
const NETWORKS: readonly [string, Plugin, object, number][] = [
  ['MobileNetV2', mobileNetV2, { ...SMALL, variant: 'modified' }, 14],
  ['MnasNet', mnasNet, { ...SMALL, variant: 'modified' }, 15],
  ['ShuffleNet', shuffleNet, { ...SMALL, variant: 'modified' }, 15],
  ['FusioNet', fusioNet, SMALL, 16],
];

/** Drawn weights of which four fifths are zero, and statistics that keep values of order one. */
function weightsOf(network: Network) {
  const relus = predictedBlocks(network).flatMap((block) => block.relus);
  const plan = planModel({ network, batch: 1, predictor: { relus, kernels: 'frozen' } });
  const random = seededRandom(3, 'weights');
  const drawn = initialState(plan, 1);
  const change = (name: string, value: number): number => {
    if (name.endsWith('/kernel')) return random() < 0.8 ? 0 : 2 * value;
    if (name.endsWith('/gamma')) return value * (0.5 + random()) * (random() < 0.2 ? -1 : 1);
    return /\/(beta|mean)$/.test(name) ? random() - 0.5 : value;
  };
  const tensors: NamedTensors = Object.fromEntries(
    plan.weights.map(({ name, shape }) => [
      name,
      { shape, data: (drawn[name]?.data ?? new Float32Array(0)).map((value) => change(name, value)) },
    ]),
  );
  return { plan, tensors };
}

describe('fused execution of whole networks', () => {
  it.each(NETWORKS)('%s gives what its layers give', (_name, plugin, options, blocks) => {
    const [family] = plugin.networks ?? [];
    const network = buildNetwork(family!, options as Record<string, number | string>);
    const { plan, tensors } = weightsOf(network);
    const verifier = new Verifier(plan, tensors);
    const random = seededRandom(1, 'images');
    const size = network.input.reduce((product, side) => product * side, 1);
    for (let image = 0; image < 2; image++) {
      verifier.add(Float32Array.from({ length: size }, () => 4 * random() - 2));
    }
    const { mismatch, ...result } = verifier.result;
    expect(mismatch).toBeUndefined();
    expect(result.blocks).toHaveLength(blocks);
    expect(result).toMatchObject({ images: 2, top1Agreement: 1 });
    expect(result.blocks.every(({ maskMismatches, maxRelError }) => maskMismatches === 0 && maxRelError < 1e-5)).toBe(
      true,
    );
  });
});
