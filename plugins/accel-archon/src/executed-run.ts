import type { CycleCounts } from '@archon-dse/archon-cycles';
import {
  executedPhases,
  type ArchonModel,
  type BlockRun,
  type ExecutedMain,
  type ExecutedPhase,
  type FusedBlock,
} from '@archon-dse/archon-model';
import type { LayerExecution } from '@archon-dse/core';
import type { ExecutedBlock } from '@archon-dse/execution';
import { peCount } from '@archon-dse/pe-array';
import { dramBitsPerCycle, mainHardware } from './executed-blocks.js';
import type { ArchonOptions } from './options.js';

/** The phases of a block as they were executed, and what is shown of each. */
export interface ExecutedBlockRun extends BlockRun {
  readonly phases: readonly (ExecutedPhase & { readonly execution?: LayerExecution })[];
}

/** Counts a block's phases on its masks. */
export async function runExecuted(
  block: FusedBlock,
  analytical: BlockRun,
  executed: ExecutedBlock,
  model: ArchonModel,
  options: ArchonOptions,
): Promise<ExecutedBlockRun> {
  const { countCycles } = await import('@archon-dse/execution');
  const counts = countCycles(executed, mainHardware(options));
  const main = meanOf(counts, executed.masks.length);
  const phases = executedPhases(block, analytical, main, model, dramBitsPerCycle(options));
  const figures = mainFigures(executed, counts, options);
  return {
    block: analytical.block,
    phases: phases.map((phase) => {
      if (phase.phase === 'overhead') return phase;
      const { cyclesAnalytical, stalls } = phase;
      const shown = phase.phase === 'main' ? figures : {};
      return { ...phase, execution: { cyclesAnalytical, stalls, ...shown } };
    }),
  };
}

function meanOf(counts: CycleCounts, images: number): ExecutedMain {
  const { cycles, products, maskWords, additions, multiplications } = counts;
  const stalls = Object.entries(counts.stalls).filter(([, lost]) => lost > 0);
  return {
    cycles: Math.ceil(cycles / images),
    products: products / images,
    maskWords: maskWords / images,
    additions: additions / images,
    multiplications: multiplications / images,
    stalls: Object.fromEntries(stalls.map(([cause, lost]) => [cause, lost / images])),
  };
}

/** How well the adders were used, how many additions fused weights took, and where masks pass. */
function mainFigures(
  { densities }: ExecutedBlock,
  { cycles, additions, multiplications, weights, histogram, fifoPeak }: CycleCounts,
  options: ArchonOptions,
): Omit<LayerExecution, 'cyclesAnalytical' | 'stalls'> {
  const pes = peCount(options);
  return {
    shares: {
      adderUtilization: additions / (cycles * pes * options.addersPerPe),
      nonZeroWeights: multiplications / (weights * pes),
      ...(options.coupling === 'fifo'
        ? { fullestFifos: fifoPeak / (options.addersPerPe * options.adderFifoWords) }
        : {}),
    },
    histograms: { additions: trimmed(histogram) },
    maps: { firstMasks: densities.first, secondMasks: densities.second },
  };
}

/** Without the zeros at its end. */
function trimmed(histogram: Float64Array): readonly number[] {
  const most = histogram.reduce((last, count, additions) => (count > 0 ? additions : last), 0);
  return [...histogram.subarray(0, most + 1)];
}
