import type { ActionCount } from '@archon-dse/core';
import type { Accesses, DataSpace } from '@archon-dse/loop-nest';
import { LEVEL, MAC, peCount, ROW_BITS } from '@archon-dse/pe-array';
import { expandNest, secondNest, type FusedBlock, type Nest } from './block.js';
import { PART } from './component-names.js';
import type { ArchonHardware } from './hardware.js';
import { bufferAccesses, decoderBits, keptWeightReads, maskTraffic, op } from './overhead.js';
import type { ArchonModel } from './predict.js';
import type { BlockRun, PhaseRun } from './run.js';

/** What the main phase of a block did on the masks of an image; means over images need not be whole. */
export interface ExecutedMain {
  readonly cycles: number;
  /** Products broadcast, once a tile. */
  readonly products: number;
  /** Words of masks that each PE read. */
  readonly maskWords: number;
  /** Products added, over all PEs. */
  readonly additions: number;
  /** Fused weights that were not 0, over all PEs. */
  readonly multiplications: number;
  /** Cycles in which nothing was broadcast, by cause; part of `cycles`. */
  readonly stalls: Readonly<Record<string, number>>;
}

/** A phase of a block that was executed; the overhead takes no cycles of its own. */
export interface ExecutedPhase extends PhaseRun {
  /** Cycles by its loop nest. */
  readonly cyclesAnalytical: number;
  readonly stalls: Readonly<Record<string, number>>;
}

/**
 * The phases of a block as they were executed, from those its loop nests give: predictions lane by lane, the main phase and what builds its
 * weights by what was counted. DRAM and the global buffer move the same words, since activations are dense.
 *
 * @param dramBitsPerCycle - what predictions wait for; Infinity where they never do
 */
export function executedPhases(
  block: FusedBlock,
  { phases }: BlockRun,
  executed: ExecutedMain,
  model: ArchonModel,
  dramBitsPerCycle: number,
): readonly ExecutedPhase[] {
  const nests: Readonly<Record<string, Nest>> = {
    'predict-expand': expandNest(block),
    'predict-second': secondNest(block, true),
  };
  return phases.map((phase): ExecutedPhase => {
    const nest = nests[phase.phase];
    if (nest !== undefined) return predicted(phase, laneCycles(nest, model.hardware), dramBitsPerCycle);
    const counted = { ...phase, cyclesAnalytical: phase.cycles, stalls: {} };
    return phase.phase === 'main'
      ? { ...counted, ...mainFigures(phase, executed) }
      : { ...counted, actions: buildingActions(block, executed, model) };
  });
}

/**
 * Cycles of a prediction: each PE has an output pixel, each lane of its adders an output channel, and the activations and weights of the window
 * come one after the other, zeros too. Pixels of the last tile and channels of the last lanes may be missing.
 */
export function laneCycles({ problem, repeats }: Nest, hardware: ArchonHardware): number {
  const { C, M, R, S, P, Q } = problem;
  const lanes = hardware.addersPerPe * hardware.adderLanes;
  return repeats * Math.ceil((P * Q) / peCount(hardware)) * Math.ceil(M / lanes) * C * R * S;
}

function predicted(phase: PhaseRun, cycles: number, dramBitsPerCycle: number): ExecutedPhase {
  const accesses = phase.actions
    .filter(({ component }) => component === LEVEL.dram)
    .reduce((sum, { count }) => sum + count, 0);
  const dram = Math.max(0, Math.ceil((accesses * ROW_BITS) / dramBitsPerCycle) - cycles);
  return { ...phase, cycles: cycles + dram, cyclesAnalytical: phase.cycles, stalls: dram === 0 ? {} : { dram } };
}

/** A PE whose fused weight is 0 reads neither input nor sum; what comes in and goes out is the same. */
function mainFigures(phase: PhaseRun, { cycles, multiplications, stalls }: ExecutedMain) {
  const share = multiplications / phase.macs;
  const actions = phase.actions.map((action) => ({ ...action, count: action.count * remaining(action, phase, share) }));
  return { macs: multiplications, cycles, stalls, actions };
}

/** Share of the actions of a dense main phase that is left where `share` of its multiplications is. */
function remaining({ component, dataSpace }: ActionCount, { mapped }: PhaseRun, share: number): number {
  if (component === MAC) return share;
  if (component !== LEVEL.ifmapSpad && component !== LEVEL.psumSpad) return 1;
  const level = mapped?.evaluation.levels.find(({ name }) => name === component);
  const { reads = 1, updates = 0, fills = 0 }: Partial<Accesses> = level?.accesses[dataSpace as DataSpace] ?? {};
  return ((reads + updates) * share + fills) / (reads + updates + fills);
}

/** What builds the fused weights: every PE looks up the masks of every product, and adds those whose masks are 1. */
function buildingActions(
  block: FusedBlock,
  { products, maskWords, additions }: ExecutedMain,
  { hardware, rules }: ArchonModel,
): readonly ActionCount[] {
  const lookups = products * peCount(hardware);
  return [
    ...keptWeightReads(products, hardware, rules),
    ...maskTraffic(block, rules),
    ...bufferAccesses(block, maskWords, hardware, rules),
    op(PART.binaryDecoder, decoderBits(hardware, rules) * products),
    { component: PART.adder, action: 'add', count: additions },
    op(PART.mask, lookups),
    op(PART.zeroFlagMux, lookups),
    op(PART.operandMux, 2 * additions),
    ...(rules.fifoActions === 'per-add' ? [{ component: PART.adderFifo, action: 'access', count: additions }] : []),
  ].filter(({ count }) => count > 0);
}
