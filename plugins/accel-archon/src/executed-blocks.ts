import type { MainHardware } from '@archon-dse/archon-cycles';
import { fail, type AcceleratorInput } from '@archon-dse/core';
import type { ExecutedBlock } from '@archon-dse/execution';
import { peCount } from '@archon-dse/pe-array';
import type { ArchonOptions } from './options.js';

type Blocks = ReadonlyMap<string, ExecutedBlock>;

/**
 * The fused blocks of a trained network, run on test images, by name. What executes them is loaded only now.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID without a trained network, ARCHON_DATA_* when images do not fit, ARCHON_RESULT_INVALID where
 *   execution and layers differ
 */
export async function executeBlocks(input: AcceleratorInput, { data, images, masks }: ArchonOptions): Promise<Blocks> {
  const { executedBlocks } = await import('@archon-dse/execution');
  return executedBlocks(input, { data, images, masks });
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
