/**
 * How the execution of a fused block is counted. Each entry is one decision that the publication took in a way that can be
 * questioned; `RULE_TABLE` says for each what it did, what is right and why.
 */
export interface ArchonRules {
  readonly skippedMainBlocks: 'copy-previous' | 'computed';
  readonly mainWithoutMapping: 'copy-previous' | 'refused';
  readonly mainGroups: 'one-nest' | 'separate';
  readonly lastCycle: 'dropped' | 'counted';
  readonly scaleMac: 'tenth' | 'whole';
  readonly scaleMultiplications: 'by-inputs-and-nine' | 'by-inputs' | 'per-output';
  readonly additionWidth: '16-bit' | '20-bit';
  readonly predictionAdds: 'full-width' | 'packed';
  readonly narrowInputs: 'partly' | 'all';
  readonly predictionDepthwise: 'one-channel-times-all' | 'own-channel';
  readonly predictionWeightsSpad: 'two-port' | 'prediction-buffer';
  readonly fusedTaps: 'nine' | 'kernel';
  readonly indexStorage: 'weight-over-index' | 'weight-and-index';
  readonly maskWords: 'twice-mid' | 'mid-and-input' | 'produced';
  readonly maskTraffic: 'glb-times-128/18' | 'glb-times-8' | 'dram-and-glb';
  readonly maskCopies: 'nine-of-both' | 'one' | 'window';
  /** Adders of a PE that act in a cycle of the main phase; `hardware` takes `addersPerPe`. */
  readonly overheadAdders: number | 'hardware';
  readonly overheadActivity: 'full' | 'half';
  /** Bits the binary decoder handles for each addition; `data` takes the width of a weight. */
  readonly decoderBits: number | 'data';
  readonly fifoActions: 'none' | 'per-add';
  /** Adders of a PE in the area; `hardware` takes `addersPerPe`. */
  readonly areaAdders: number | 'hardware';
  readonly predictionGlbArea: 'left-out' | 'counted';
}

/** Formulas of the published MobileNetV2 and MnasNet tables. @source ICS'21 ARCHON experiments */
export const ICS21_RULES_A: ArchonRules = {
  skippedMainBlocks: 'copy-previous',
  mainWithoutMapping: 'copy-previous',
  mainGroups: 'one-nest',
  lastCycle: 'dropped',
  scaleMac: 'tenth',
  scaleMultiplications: 'by-inputs-and-nine',
  additionWidth: '16-bit',
  predictionAdds: 'packed',
  narrowInputs: 'all',
  predictionDepthwise: 'one-channel-times-all',
  predictionWeightsSpad: 'two-port',
  fusedTaps: 'nine',
  indexStorage: 'weight-over-index',
  maskWords: 'twice-mid',
  maskTraffic: 'glb-times-128/18',
  maskCopies: 'nine-of-both',
  overheadAdders: 24,
  overheadActivity: 'full',
  decoderBits: 16,
  fifoActions: 'none',
  areaAdders: 5,
  predictionGlbArea: 'left-out',
};

/** Formulas of the published FusioNet and ShuffleNet tables. @source ICS'21 ARCHON experiments */
export const ICS21_RULES_B: ArchonRules = {
  ...ICS21_RULES_A,
  scaleMultiplications: 'by-inputs',
  predictionAdds: 'full-width',
  narrowInputs: 'partly',
  maskWords: 'mid-and-input',
  maskTraffic: 'glb-times-8',
  maskCopies: 'one',
  overheadActivity: 'half',
};

/** What the hardware does, as far as the publication describes it; the reasons are in `RULE_TABLE`. */
export const CORRECTED_RULES: ArchonRules = {
  skippedMainBlocks: 'computed',
  mainWithoutMapping: 'refused',
  mainGroups: 'separate',
  lastCycle: 'counted',
  scaleMac: 'whole',
  scaleMultiplications: 'per-output',
  additionWidth: '20-bit',
  predictionAdds: 'packed',
  narrowInputs: 'all',
  predictionDepthwise: 'own-channel',
  predictionWeightsSpad: 'prediction-buffer',
  fusedTaps: 'kernel',
  indexStorage: 'weight-and-index',
  maskWords: 'produced',
  maskTraffic: 'dram-and-glb',
  maskCopies: 'window',
  overheadAdders: 'hardware',
  overheadActivity: 'full',
  decoderBits: 'data',
  fifoActions: 'per-add',
  areaAdders: 'hardware',
  predictionGlbArea: 'counted',
};
