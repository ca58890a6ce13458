import type { MainHardware } from '@archon-dse/archon-cycles';
import { fail, type AcceleratorInput } from '@archon-dse/core';
import type { ExecutedBlock } from '@archon-dse/execution';
import { peCount } from '@archon-dse/pe-array';
import type { ArchonOptions } from './options.js';

/** Executed blocks of the network that was asked for last: points that differ in the hardware only share their masks. */
let last: { readonly key: string; readonly workloads: unknown; readonly blocks: Promise<Blocks> } | undefined;

type Blocks = ReadonlyMap<string, ExecutedBlock>;

/**
 * The fused blocks of a trained network, run on test images, by name.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID without a trained network, ARCHON_DATA_* when images do not fit, ARCHON_RESULT_INVALID where
 *   execution and layers differ
 */
export function executedBlocks(input: AcceleratorInput, options: ArchonOptions): Promise<Blocks> {
  const { data, images, masks } = options;
  const key = JSON.stringify([data, images, masks]);
  if (last?.key === key && last.workloads === input.workloads) return last.blocks;
  const blocks = execute(input, { data, images, masks });
  last = { key, workloads: input.workloads, blocks };
  blocks.catch(() => (last = undefined)); // asked again, it is tried again
  return blocks;
}

async function execute(
  { onProgress, ...input }: AcceleratorInput,
  opening: Pick<ArchonOptions, 'data' | 'images' | 'masks'>,
): Promise<Blocks> {
  const { openTrained, runBlocks } = await import('@archon-dse/execution');
  const model = await openTrained(input, opening);
  const blocks = runBlocks(model, (done) => onProgress?.({ done, total: model.images, unit: 'image', figures: [] }));
  return new Map(blocks.map((block) => [block.name, block]));
}

/** The hardware of the main phase as execution sees it; 0 stands for what is never waited for. */
export function mainHardware(options: ArchonOptions): MainHardware {
  const { addersPerPe, adderLanes, productsPerCycle, maskWordsPerCycle, prefetchWords, dataBits } = options;
  return {
    pes: peCount(options),
    addersPerPe,
    productsPerCycle: productsPerCycle === 0 ? addersPerPe * adderLanes : productsPerCycle,
    coupling: options.coupling,
    adderFifoWords: options.adderFifoWords,
    maskWordsPerCycle: unlimited(maskWordsPerCycle),
    maskWordBits: dataBits,
    productBits: dataBits + options.indexBits,
    dramBitsPerCycle: dramBitsPerCycle(options),
    prefetchBits: prefetchWords * dataBits,
  };
}

/** Bits of DRAM in a cycle; Infinity where they are never waited for. */
export function dramBitsPerCycle({ dramBitsPerCycle: bits }: ArchonOptions): number {
  return unlimited(bits);
}

function unlimited(value: number): number {
  return value === 0 ? Infinity : value;
}

/** @throws ArchonError ARCHON_CHECKPOINT_INVALID naming the block that was not executed */
export function blockOf(blocks: Blocks, name: string): ExecutedBlock {
  return (
    blocks.get(name) ??
    fail({
      code: 'ARCHON_CHECKPOINT_INVALID',
      message: `block ${name} is fused, and its checkpoint does not predict it`,
      expected: `one of: ${[...blocks.keys()].join(', ')}`,
      hint: `List ${name} under unfused.`,
      layer: name,
    })
  );
}
