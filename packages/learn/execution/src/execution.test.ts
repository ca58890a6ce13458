import type { MainHardware } from '@archon-dse/archon-cycles';
import { initialState, planModel, type NamedTensors } from '@archon-dse/tensor';
import type { Checkpoint } from '@archon-dse/training';
import { NetworkBuilder } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { BOTTLENECK_RELUS, bottleneckNetwork } from '../../../../test/bottleneck-network.js';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { countCycles } from './count-cycles.js';
import { maskDensities } from './mask-densities.js';
import { openModel, type Opening } from './open-model.js';
import { runBlocks, verifyModel } from './run-blocks.js';

const OPENING: Opening = { file: 'model.safetensors', data: 'procedural', images: 2, masks: 'predictors' };
/** As after training, with predictors where `relus` are given. */
function checkpoint(network = bottleneckNetwork(6), relus: readonly string[] = BOTTLENECK_RELUS): Checkpoint {
  const predictor = relus.length === 0 ? {} : { predictor: { relus, kernels: 'frozen' as const } };
  const plan = planModel({ network, batch: 1, ...predictor });
  const tensors: NamedTensors = initialState(plan, 5);
  const info = { stage: relus.length === 0 ? 'train' : 'predict', network, dataset: 'procedural', seed: 1, epochs: 0 };
  const prediction =
    relus.length === 0 ? {} : { prediction: { ...(predictor as Required<typeof predictor>), gates: {} } };
  return { info: { ...info, history: [], epoch: 0, ...prediction }, tensors };
}

const HARDWARE: MainHardware = {
  pes: 16,
  addersPerPe: 2,
  productsPerCycle: 8,
  coupling: 'lock-step',
  adderFifoWords: 4,
  maskWordsPerCycle: Infinity,
  maskWordBits: 16,
  productBits: 26,
  dramBitsPerCycle: Infinity,
  prefetchBits: 0,
};

describe('a checkpoint that is executed', () => {
  it.each(['predictors', 'trueSigns'] as const)('has blocks equal to its layers, with masks of the %s', (masks) => {
    const model = openModel(checkpoint(bottleneckNetwork(6), masks === 'predictors' ? BOTTLENECK_RELUS : []), {
      ...OPENING,
      masks,
    });
    expect(model).toMatchObject({ dataset: 'procedural', images: 2 });
    expect(verifyModel(model)).toMatchObject({
      images: 2,
      top1Agreement: 1,
      blocks: [{ name: 'b1', maskMismatches: 0 }],
    });
    const [block] = runBlocks(model);
    expect(block?.masks.map(({ first, second }) => [first.length, second.length])).toEqual([
      [64 * 6, 64 * 6],
      [64 * 6, 64 * 6],
    ]);
  });

  it('adds up the cycles of its images', () => {
    const [block] = runBlocks(openModel(checkpoint(), OPENING));
    const both = countCycles(block!, HARDWARE);
    const each = block!.masks.map((masks) => countCycles({ ...block!, masks: [masks] }, HARDWARE));
    expect(both.cycles).toBe(each.reduce((sum, { cycles }) => sum + cycles, 0));
    // 4 tiles of 16 pixels, 9 taps, 4 outputs of 3 channels and the constant one where the expansion has an offset
    expect(both.weights).toBeGreaterThanOrEqual(2 * 4 * 9 * 4 * 3);
    expect(each[0]!.cycles).not.toBe(each[1]!.cycles);
  });

  it.each([
    ['without predictors', () => openModel(checkpoint(bottleneckNetwork(6), []), OPENING), 'without predictors'],
    ['without a block', () => runBlocks(openModel(flat(), { ...OPENING, masks: 'trueSigns' })), 'has no block'],
  ])('is refused %s', (_, act, message) => {
    expect(diagnosticsOf(act)[0]).toMatchObject({
      code: 'ARCHON_CHECKPOINT_INVALID',
      message: expect.stringContaining(message) as string,
    });
  });

  it('fails where execution and layers differ, and says where', () => {
    const model = openModel(checkpoint(), OPENING);
    const name = 'b1.project/kernel';
    const kernel = model.tensors[name]!;
    let reads = 0;
    // Both executors ask whether it is there, then the fused block reads it, and gets another kernel than its layer.
    const tensors = Object.defineProperty({ ...model.tensors }, name, {
      get: () => (reads++ !== 2 ? kernel : { ...kernel, data: kernel.data.map((value) => 2 * value) }),
    });
    const [found] = diagnosticsOf(() => runBlocks({ ...model, tensors }));
    expect(found).toMatchObject({ code: 'ARCHON_RESULT_INVALID', layer: 'b1' });
    expect(found?.message).toMatch(/its output at "b1.project.bn" of image 0, row 0, column 0, channel 0 is -?[\d.]+/);
  });
});

function flat(): Checkpoint {
  const net = new NetworkBuilder({ id: 'me/flat', input: [8, 8, 3], classes: 2 });
  net.softmax(net.dense('fc', net.globalAveragePool('pool', net.input), 2));
  return checkpoint(net.build(), []);
}

describe('densities of masks', () => {
  it('are shares by channel and position', () => {
    // 2 cells of 3 channels, on two images
    const masks = [Uint8Array.of(1, 0, 0, 1, 1, 0), Uint8Array.of(1, 1, 0, 0, 1, 0)];
    expect(maskDensities(masks, 3)).toEqual([
      [1, 0.5],
      [0.5, 1],
      [0, 0],
    ]);
  });

  it('put neighbours together where there are many', () => {
    const masks = Uint8Array.from({ length: 64 * 128 }, (_, at) => (at % 64 < 4 ? 1 : 0)); // channels 0 to 3 of 64
    const densities = maskDensities([masks], 64);
    expect([densities.length, densities[0]?.length]).toEqual([16, 16]);
    expect(densities.map(([share]) => share)).toEqual([1, ...Array<number>(15).fill(0)]);
  });
});
