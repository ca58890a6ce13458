import type { ArchonRules } from './rules.js';

/** One decision of the model in words. */
export interface RuleDescription<Name extends string = string> {
  readonly name: Name;
  /** What the publication did. */
  readonly published: string;
  /** What the corrected model does. */
  readonly corrected: string;
  /** Why that is right. */
  readonly why: string;
}

const describe = (published: string, corrected: string, why: string): Omit<RuleDescription, 'name'> => ({
  published,
  corrected,
  why,
});

const TABLE: Readonly<Record<keyof ArchonRules, Omit<RuleDescription, 'name'>>> = {
  skippedMainBlocks: describe(
    'main phases of blocks 3, 6, 7 and 10 show the figures of the block before',
    'every block is computed',
    'the scripts skipped blocks thought equal to their predecessor; in MnasNet and ShuffleNet they are not',
  ),
  mainWithoutMapping: describe(
    'a main phase that fits nowhere (5x5 kernels) shows the figures of the block before',
    'refused with ARCHON_NO_MAPPING',
    'a 5x5 window takes 25 words of a 12-word scratchpad; a larger ifmapSpadWords makes room',
  ),
  mainGroups: describe(
    'one nest in which all outputs read the channels of one group',
    'one nest a group, and a single group where a shuffle mixes them',
    'each group reads its own channels; after a shuffle every output depends on every input',
  ),
  lastCycle: describe(
    'prediction cycles are rounded down',
    'rounded up',
    'a cycle in which only some adders work is still a cycle',
  ),
  scaleMac: describe('multiplying by a weight scale costs 0.22 pJ', 'one MAC, 2.2 pJ', 'the energy table says 2.2 pJ'),
  scaleMultiplications: describe(
    'MACs / input channels of the block; MACs / 9 of depthwise predictions in the MobileNetV2 and MnasNet tables',
    'one a predicted output',
    'the ternary sum of an output is scaled once, whatever the groups or the kernel',
  ),
  additionWidth: describe(
    'an addition of a prediction costs 0.043 pJ, that of a 16-bit adder',
    '0.054 pJ, that of the 20-bit adder that is built',
    'the overhead and the area use the 20-bit adder',
  ),
  predictionAdds: describe(
    'scaled by activation bits / 16 in the MobileNetV2 and MnasNet tables, whole in the others',
    'scaled by activation bits / 16',
    'the cycles assume that an adder does several narrow additions at once; they share its energy',
  ),
  narrowInputs: describe(
    'FusioNet and ShuffleNet tables charge the scratchpad of the first prediction and all but one depthwise channel at 16 bit',
    'all inputs of predictions at their own width',
    'the predictors read quantised activations throughout',
  ),
  predictionDepthwise: describe(
    'a depthwise prediction is mapped as if all channels read one, then its DRAM input traffic is multiplied by the channels',
    'each channel reads its own input channel',
    'the multiplied traffic already holds refetches for other channels, and the global buffer was never multiplied',
  ),
  predictionWeightsSpad: describe(
    'predictions read their weights from a two-port SRAM of 128 words that no area counts',
    'from the prediction buffer, which has that size and is idle then',
    'energy and area should describe one hardware',
  ),
  fusedTaps: describe('fused weights have 9 taps', 'kernel x kernel taps', '5x5 blocks have 25'),
  indexStorage: describe(
    'a kept weight takes 16/10 words',
    '(16 + 10)/16 words',
    'a weight is stored with its index, not divided by it',
  ),
  maskWords: describe(
    'twice the expanded channels (MobileNetV2, MnasNet), or expanded and input channels once, at the output plane',
    'the masks the two predictions produce, on the planes they produce them',
    'these are the bits the main phase has to read',
  ),
  maskTraffic: describe(
    'prediction GLB energy times 128/18 or 8 stands for DRAM; the GLB itself counts nothing',
    'a DRAM read, a GLB write and a GLB read for every row of 64 masks',
    'the masks were written to DRAM by the predictions and pass through the GLB',
  ),
  maskCopies: describe(
    'nine copies of two masks a channel (MobileNetV2, MnasNet), or one copy of expanded and input masks',
    'masks of the kernel window of each pixel',
    'a PE computes one output pixel and needs the masks at all taps of the layers before the depthwise one',
  ),
  overheadAdders: describe(
    '24, 20 or 6 adders a PE act in the main phase, by table',
    'the adders a PE has',
    'fused weights are as wide as an adder, so nothing is packed',
  ),
  overheadActivity: describe(
    'adders, masks and muxes act in every cycle (MobileNetV2, MnasNet) or in half of them',
    'in every cycle',
    'nothing measured supports a half; every cycle is an upper bound',
  ),
  decoderBits: describe(
    '16 bits, 24 in the MobileNetV2 CIFAR-10 table',
    'the width of a weight',
    'the same decoder serves every network',
  ),
  fifoActions: describe('adder FIFOs cost area but no energy', 'one access an addition', 'every addition passes one'),
  areaAdders: describe('area of 5 adders a PE', 'of the adders a PE has', 'cycles and energy use 6'),
  predictionGlbArea: describe('prediction GLB listed but left out of the sum', 'counted', 'it is built'),
};

/** All rules of {@link ArchonRules}. @source ICS'21 ARCHON experiments, compared with what their scripts computed */
export const RULE_TABLE: readonly RuleDescription<keyof ArchonRules>[] = Object.entries(TABLE).map(
  ([name, description]) => ({ name: name as keyof ArchonRules, ...description }),
);
