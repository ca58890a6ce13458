import { describe, expect, it } from 'vitest';
import { BlockRun, mainOf } from './block/block-run.js';
import { LayerRun } from './layers/layer-run.js';
import type { FusedMain } from './main/fused-main.kernel.js';
import { blocksWithMasks, FusedNetwork } from './network-run.js';
import { PredictedMasks } from './prediction/predicted-masks.js';
import { imageFor, NETWORKS, networkOf, predicted, unpredicted } from './test-fixtures.js';
import { BlockVerifier, Verifier, type Mismatch } from './verify.js';

describe('fused execution', () => {
  it.each(Object.entries(NETWORKS))('gives what the layers give: %s', (_name, network) => {
    for (let seed = 1; seed <= 8; seed++) {
      const { plan, tensors } = predicted(network, seed);
      const verifier = new Verifier(plan, tensors);
      for (let image = 0; image < 3; image++) verifier.add(imageFor(network, 10 * seed + image));
      const { blocks, top1Agreement, mismatch, images } = verifier.result;
      expect(mismatch).toBeUndefined();
      expect(blocks.map(({ maskMismatches }) => maskMismatches)).toEqual(blocks.map(() => 0));
      expect(blocks.every(({ maxAbsError }) => maxAbsError < 1e-5)).toBe(true);
      expect({ images, top1Agreement }).toEqual({ images: 3, top1Agreement: 1 });
    }
  });

  it.each(Object.entries(NETWORKS))('gives what the layers give with the true signs as masks: %s', (_name, network) => {
    const { plan, tensors, relus } = unpredicted(network, 3);
    const verifier = new Verifier(plan, tensors, { trueSignsOf: relus });
    for (let image = 0; image < 3; image++) verifier.add(imageFor(network, image));
    expect(verifier.result.mismatch).toBeUndefined();
    expect(verifier.result.blocks.every(({ maxAbsError }) => maxAbsError < 1e-5)).toBe(true);
    expect(verifier.result).toMatchObject({ images: 3, top1Agreement: 1 });
  });

  it('lets some values pass and stops others, so that masks matter', () => {
    const { plan, tensors } = predicted(NETWORKS['a block with a shortcut']!, 1);
    const network = new FusedNetwork(plan, tensors);
    network.run(imageFor(NETWORKS['a block with a shortcut']!, 1));
    const { first, second } = network.blocks[0]!.masks;
    for (const masks of [first, second]) {
      const share = masks.reduce((sum, mask) => sum + mask, 0) / masks.length;
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.9);
    }
  });

  it('takes kernels that a constraint keeps ternary, and refuses those that are not', () => {
    const network = NETWORKS['groups that nothing mixes, a shuffle behind them']!;
    const { plan, tensors } = predicted(network, 2, 'constrained');
    expect(() => new FusedNetwork(plan, tensors)).toThrow(
      /"b1.expand.predictor\/kernel" has the value .* its ternary values are 0 and \+-/,
    );
    const ternary = Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, data }]) => [
        name,
        { shape, data: name.endsWith('.predictor/kernel') ? data.map((value) => 0.25 * Math.sign(value)) : data },
      ]),
    );
    const verifier = new Verifier(plan, ternary);
    verifier.add(imageFor(network, 1));
    expect(verifier.result).toMatchObject({ top1Agreement: 1, blocks: [{ maskMismatches: 0 }] });
  });

  it('goes on comparing after the first place that differs', () => {
    const network = NETWORKS['two blocks, squeeze-and-excite between them']!;
    const { plan, tensors } = predicted(network, 1);
    const verifier = new Verifier(plan, tensors);
    // The layers read these tensors, the fused weights were made of what they held before.
    for (const name of ['b1.project/kernel', 'b2.project/kernel']) tensors[name]!.data.fill(1);
    for (let image = 0; image < 2; image++) verifier.add(imageFor(network, image));
    const { blocks, mismatch } = verifier.result;
    expect(mismatch).toMatchObject({ image: 0, block: 'b1', what: 'output' });
    expect(blocks.map(({ name, maxRelError }) => [name, maxRelError > 0.01])).toEqual([
      ['b1', true],
      ['b2', true],
    ]);
  });

  it('refuses a network without a predicted block', () => {
    const network = networkOf([4, 4, 2], (net, x) => net.relu(net.conv('a', x, { filters: 3, role: 'stem' })));
    const { plan, tensors } = predicted(network, 1);
    expect(() => new Verifier(plan, tensors)).toThrow('no block that can be computed as one');
  });
});

describe('a fault in fused execution is found', () => {
  /** First place at which a block differs from its layers when its fused convolution is changed. */
  function differenceOf(name: keyof typeof NETWORKS, change: (main: FusedMain) => FusedMain): Mismatch | undefined {
    const network = NETWORKS[name]!;
    const { plan, tensors } = predicted(network, 1);
    const layers = new LayerRun(plan, tensors);
    layers.run(imageFor(network, 1));
    const [block] = blocksWithMasks(plan, 'predictors');
    const main = change(mainOf(plan, tensors, block!));
    const run = new BlockRun(block!, new PredictedMasks(plan, tensors, block!), main);
    const verifier = new BlockVerifier(run, layers);
    return verifier.add(0);
  }

  const withProducts = (main: FusedMain, products: Partial<FusedMain['products']>): FusedMain => {
    return { ...main, products: { ...main.products, ...products } };
  };

  const productsOfTap = ({ products: { start, units } }: FusedMain, tap: number): [number, number] => {
    return [start[tap * units]!, start[(tap + 1) * units]!];
  };

  const FAULTS: Readonly<Record<string, (main: FusedMain) => FusedMain>> = {
    none: (main) => main,
    'one tap dropped': (main) => {
      const [from, to] = productsOfTap(main, 4);
      return withProducts(main, {
        value: main.products.value.map((weight, at) => (at >= from && at < to ? 0 : weight)),
      });
    },
    'one product dropped': (main) => {
      const { value } = main.products;
      const ofTap = value.slice(...productsOfTap(main, 4)).map(Math.abs);
      const dropped = productsOfTap(main, 4)[0] + ofTap.indexOf(Math.max(...ofTap));
      return withProducts(main, { value: value.map((weight, at) => (at === dropped ? 0 : weight)) });
    },
    'a pad pixel shifted': (main) => ({
      ...main,
      window: { ...main.window, at: main.window.at.map((cell) => cell - 1) },
    }),
    'two channels swapped': (main) => {
      const firstOf = main.firstOf.slice();
      [firstOf[0], firstOf[1]] = [firstOf[1]!, firstOf[0]!];
      return { ...main, firstOf };
    },
    'the bias of the first convolution forgotten': (main) => {
      const { value, weight, from, inputs } = main.products;
      return withProducts(main, { value: value.map((product, at) => (from[weight[at]!] === inputs ? 0 : product)) });
    },
    'the bias of the second convolution forgotten': (main) => {
      return { ...main, offsets: { ...main.offsets, value: main.offsets.value.map(() => 0) } };
    },
    'the bias of the third convolution forgotten': (main) => {
      return { ...main, offsets: { ...main.offsets, last: main.offsets.last.map(() => 0) } };
    },
    'masks of the second ReLU read one channel on': (main) => {
      return { ...main, secondOf: main.secondOf.map((_, at) => main.secondOf[(at + 1) % main.secondOf.length]!) };
    },
  };

  const names = ['a block with a shortcut', 'two pointwise convolutions first, a shuffle between them'];
  it.each(names.flatMap((name) => Object.entries(FAULTS).map(([fault, change]) => ({ name, fault, change }))))(
    '$name: $fault',
    ({ name, fault, change }) => {
      const mismatch = differenceOf(name, change);
      if (fault === 'none') expect(mismatch).toBeUndefined();
      else expect(mismatch).toMatchObject({ what: 'output', block: 'b1' });
    },
  );

  it.each(names)('%s: one bit of a mask flipped, at its place', (name) => {
    const network = NETWORKS[name]!;
    const { plan, tensors } = predicted(network, 1);
    const layers = new LayerRun(plan, tensors);
    layers.run(imageFor(network, 1));
    const [block] = blocksWithMasks(plan, 'predictors');
    const masks = new PredictedMasks(plan, tensors, block!);
    const run = new BlockRun(block!, masks, mainOf(plan, tensors, block!));
    const [, width, channels] = block!.layers[0].conv.shape;
    masks.runFirst = (x) => {
      PredictedMasks.prototype.runFirst.call(masks, x);
      masks.first[(2 * width + 3) * channels + 5]! ^= 1;
    };
    const verifier = new BlockVerifier(run, layers);
    const mismatch = verifier.add(4);
    expect(mismatch).toMatchObject({ what: 'mask', node: 'b1.expand.relu', image: 4, row: 2, column: 3, channel: 5 });
    expect(verifier.result.maskMismatches).toBe(1);
  });
});
