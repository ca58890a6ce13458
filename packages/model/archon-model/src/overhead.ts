import type { ActionCount } from '@archon-dse/core';
import { LEVEL, peCount, ROW_BITS, wordsPerRow } from '@archon-dse/pe-array';
import { expandNest, keptFraction, outputWords, secondNest, type FusedBlock } from './block.js';
import { MASKS, PART } from './component-names.js';
import type { ArchonHardware } from './hardware.js';
import type { PhaseRun } from './run.js';
import type { ArchonRules } from './rules.js';

const PUBLISHED_TAPS = 9;
/** Masks the published buffer accesses take per word. */
const PUBLISHED_MASKS_PER_WORD = 8;
/** Published prices of a mask word in DRAM as a multiple of the prediction GLB: 128 pJ against 18 a word, or 8. */
const DRAM_OVER_GLB = { 'glb-times-128/18': 128 / 18, 'glb-times-8': 8 } as const;

/**
 * Building the fused weights while the MACs compute: kept weights from DRAM, masks to the PEs, additions. Energy only; it runs in the
 * shadow of the main phase.
 */
export function overheadPhase(
  block: FusedBlock,
  mainCycles: number,
  hardware: ArchonHardware,
  rules: ArchonRules,
): PhaseRun {
  const adders = rules.overheadAdders === 'hardware' ? hardware.addersPerPe : rules.overheadAdders;
  const actions = [
    ...weightTraffic(block, hardware, rules),
    ...maskTraffic(block, rules),
    ...bufferTraffic(block, adders * mainCycles, hardware, rules),
    ...adderActivity(adders * mainCycles, hardware, rules),
  ];
  return { phase: 'overhead', macs: 0, cycles: 0, actions: actions.filter(({ count }) => count > 0) };
}

/** Weight triples that survive pruning. */
export function fusedWeights(block: FusedBlock, rules: ArchonRules): number {
  const { inChannels, midChannels, outChannels, groups, kernel } = block;
  const taps = rules.fusedTaps === 'nine' ? PUBLISHED_TAPS : kernel ** 2;
  return (inChannels / groups) * (midChannels / groups) * taps * outChannels * keptFraction(block);
}

/** Kept weights are read once for each tile of as many pixels as there are PEs. */
function weightTraffic(block: FusedBlock, hardware: ArchonHardware, rules: ArchonRules): readonly ActionCount[] {
  const tiles = block.outputWidth ** 2 / peCount(hardware);
  return keptWeightReads(fusedWeights(block, rules) * tiles, hardware, rules);
}

/** DRAM accesses of kept weights, each with its index. */
export function keptWeightReads(
  weights: number,
  hardware: ArchonHardware,
  { indexStorage }: ArchonRules,
): readonly ActionCount[] {
  const { dataBits, indexBits } = hardware;
  const wordsPerWeight = indexStorage === 'weight-over-index' ? dataBits / indexBits : 1 + indexBits / dataBits;
  const count = (weights * wordsPerWeight) / wordsPerRow(hardware);
  return [{ component: LEVEL.dram, action: 'access', count, dataSpace: 'Weights' }];
}

/** Rows of 64 masks that pass through the prediction GLB. */
export function maskRows(block: FusedBlock, rules: ArchonRules): number {
  const { inChannels, midChannels, outputWidth } = block;
  const rows = (masks: number): number => Math.ceil(masks / ROW_BITS);
  if (rules.maskWords === 'twice-mid') return 2 * rows(midChannels * outputWidth ** 2);
  if (rules.maskWords === 'mid-and-input') return rows((midChannels + inChannels) * outputWidth ** 2);
  return rows(outputWords(expandNest(block))) + rows(outputWords(secondNest(block, true)));
}

/** Masks on their way to the PEs, through the prediction GLB. */
export function maskTraffic(block: FusedBlock, rules: ArchonRules): readonly ActionCount[] {
  const rows = maskRows(block, rules);
  const factor = rules.maskTraffic === 'dram-and-glb' ? 1 : DRAM_OVER_GLB[rules.maskTraffic];
  const glb = ['writeOneBank', 'readOneBank'].map((action) => ({
    component: PART.predictionGlb,
    action,
    count: rows * factor,
    dataSpace: MASKS,
  }));
  if (rules.maskTraffic !== 'dram-and-glb') return glb;
  return [...glb, { component: LEVEL.dram, action: 'access', count: rows, dataSpace: MASKS }];
}

function bufferTraffic(
  block: FusedBlock,
  additions: number,
  hardware: ArchonHardware,
  rules: ArchonRules,
): readonly ActionCount[] {
  const reads = rules.maskCopies === 'one' ? additions + 1 : additions;
  return bufferAccesses(block, reads, hardware, rules);
}

/**
 * Accesses of the prediction buffers of all PEs: masks of the window of every pixel are written once.
 *
 * @param reads - words that each PE reads
 */
export function bufferAccesses(
  block: FusedBlock,
  reads: number,
  hardware: ArchonHardware,
  rules: ArchonRules,
): readonly ActionCount[] {
  const pes = peCount(hardware);
  // The published counts give each PE one pixel of a tile of 64.
  const tiles = Math.ceil(block.outputWidth ** 2 / pes);
  const write = { action: 'write', count: maskWordsPerPixel(block, hardware, rules) * tiles * pes };
  return [write, { action: 'read', count: reads * pes }].map((access) => ({
    component: PART.predictionBuffer,
    ...access,
    dataSpace: MASKS,
  }));
}

function maskWordsPerPixel(block: FusedBlock, { dataBits }: ArchonHardware, rules: ArchonRules): number {
  const { inChannels, midChannels, outChannels, kernel, order } = block;
  if (rules.maskCopies === 'nine-of-both') return PUBLISHED_TAPS * Math.ceil(midChannels / PUBLISHED_MASKS_PER_WORD);
  if (rules.maskCopies === 'one') return Math.ceil((midChannels + inChannels) / PUBLISHED_MASKS_PER_WORD);
  const window = kernel ** 2;
  // The depthwise layer comes last or in the middle: layers before it are masked at every tap.
  const masks = order === 'pw-pw-dw' ? window * (midChannels + outChannels) : (window + 1) * midChannels;
  return Math.ceil(masks / dataBits);
}

/** Adders, their FIFOs, the masks and multiplexers in front of them, and the decoder of the array. */
function adderActivity(additions: number, hardware: ArchonHardware, rules: ArchonRules): readonly ActionCount[] {
  const pes = peCount(hardware);
  const half = rules.overheadActivity === 'half';
  const acting = half ? Math.ceil(additions / 2) : additions;
  return [
    op(PART.binaryDecoder, decoderBits(hardware, rules) * additions),
    { component: PART.adder, action: 'add', count: acting * pes },
    op(PART.mask, acting * pes),
    op(PART.zeroFlagMux, acting * pes),
    op(PART.operandMux, (half ? 1 : 2) * additions * pes),
    ...(rules.fifoActions === 'per-add' ? [{ component: PART.adderFifo, action: 'access', count: acting * pes }] : []),
  ];
}

/** Bits that the decoder of the array handles for each product. */
export function decoderBits({ dataBits }: ArchonHardware, rules: ArchonRules): number {
  return rules.decoderBits === 'data' ? dataBits : rules.decoderBits;
}

/** Actions of a part that has but one. */
export function op(component: string, count: number): ActionCount {
  return { component, action: 'op', count };
}
