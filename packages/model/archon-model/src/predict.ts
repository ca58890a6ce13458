import type { ActionCount } from '@archon-dse/core';
import { DATA_SPACES, type Evaluation } from '@archon-dse/loop-nest';
import { LEVEL, MAC, ROW_BITS } from '@archon-dse/pe-array';
import { predictionSpads } from './architectures.js';
import { expandNest, outputWords, secondNest, type FusedBlock, type Nest } from './block.js';
import { MASKS, PART } from './component-names.js';
import type { ArchonHardware } from './hardware.js';
import { mapOrFail, type MapLayer, type NestKind } from './map-layer.js';
import type { PhaseStore } from './phase-store.js';
import type { Phase, PhaseRun } from './run.js';
import type { ArchonRules } from './rules.js';

/** Everything the counting of a block needs besides the block. */
export interface ArchonModel {
  readonly hardware: ArchonHardware;
  readonly rules: ArchonRules;
  readonly mapLayer: MapLayer;
  /** Where phases are kept; share it between runs of the same hardware, rules and prices. */
  readonly phases?: PhaseStore;
}

/** Share of the accesses of a mapping that remain, by `level/data space`; those not listed remain whole. */
type Shares = Readonly<Record<string, number>>;

interface Prediction {
  readonly phase: Phase;
  readonly kind: NestKind;
  readonly nest: Nest;
  readonly shares: Shares;
}

const TERNARY_BITS = 2;
/** 0.22 pJ where a 16-bit MAC costs 2.2. @source ICS'21 ARCHON experiments */
const TENTH = 0.1;
/** A 16-bit addition of 0.043 pJ as a share of the 20-bit one of 0.054. @source ICS'21 ARCHON experiments, component tables */
const NARROW_ADDITION = 0.043 / 0.054;
/** Taps the published scale multiplications of a depthwise layer are divided by, whatever its kernel. */
const PUBLISHED_TAPS = 9;

/** Prediction of the activations after the first layer: ternary weights, narrow inputs, additions instead of MACs. */
export function predictExpand(block: FusedBlock, model: ArchonModel): PhaseRun {
  const narrow = block.activationBits / model.hardware.dataBits;
  return predict(block, model, {
    phase: 'predict-expand',
    kind: 'predict-expand',
    nest: expandNest(block),
    shares: {
      [`${LEVEL.dram}/Inputs`]: narrow,
      [`${LEVEL.glb}/Inputs`]: narrow,
      [`${LEVEL.ifmapSpad}/Inputs`]: model.rules.narrowInputs === 'all' ? narrow : 1,
      // The activations go to DRAM for the next predictor, as narrow as it reads them.
      [`${LEVEL.dram}/Outputs`]: narrow,
    },
  });
}

/** Prediction of the activations after the second layer, of which only the masks leave the chip. */
export function predictSecond(block: FusedBlock, model: ArchonModel): PhaseRun {
  const { hardware, rules } = model;
  const narrow = block.activationBits / hardware.dataBits;
  const onlyMasks = { [`${LEVEL.dram}/Outputs`]: 0 };
  const narrowed = { [`${LEVEL.glb}/Inputs`]: narrow, [`${LEVEL.ifmapSpad}/Inputs`]: narrow };
  if (block.order === 'pw-pw-dw') {
    const nest = secondNest(block, true);
    const shares = { ...onlyMasks, ...narrowed, [`${LEVEL.dram}/Inputs`]: narrow };
    return predict(block, model, { phase: 'predict-second', kind: 'predict-project', nest, shares });
  }
  const ownChannel = rules.predictionDepthwise === 'own-channel';
  const times = ownChannel ? 1 : block.midChannels;
  return predict(block, model, {
    phase: 'predict-second',
    kind: 'predict-depthwise',
    nest: secondNest(block, ownChannel),
    shares: {
      ...onlyMasks,
      ...narrowed,
      // `partly` narrows the inputs of one channel only and leaves those added for the others whole.
      [`${LEVEL.dram}/Inputs`]: rules.narrowInputs === 'all' ? times * narrow : times - 1 + narrow,
      [`${LEVEL.glb}/Outputs`]: 0,
    },
  });
}

function predict(block: FusedBlock, model: ArchonModel, { phase, kind, nest, shares }: Prediction): PhaseRun {
  const { hardware, rules } = model;
  const mapped = mapOrFail(model.mapLayer, { kind, problem: nest.problem, name: block.name });
  const { evaluation, mapping, tiles } = mapped;
  const { repeats } = nest;
  const macs = evaluation.macs * repeats;
  const perCycle = hardware.addersPerPe * hardware.adderLanes;
  const cycles = (repeats * evaluation.cycles) / perCycle;
  const actions = [
    ...nestAccesses(evaluation, { ...ternaryWeights(hardware), ...shares }, repeats, rules),
    { component: MAC, action: 'compute', count: scaleMacs(block, nest, macs, rules) },
    { component: PART.adder, action: 'add', count: additions(block, macs, model) },
    { component: LEVEL.dram, action: 'access', count: outputWords(nest) / ROW_BITS, dataSpace: MASKS },
  ];
  return {
    phase,
    macs,
    cycles: rules.lastCycle === 'dropped' ? Math.floor(cycles) : Math.ceil(cycles),
    actions: actions.filter(({ count }) => count > 0),
    mapped: { evaluation, mapping, ...(tiles === undefined ? {} : { tiles }), repeats },
  };
}

function ternaryWeights({ dataBits }: ArchonHardware): Shares {
  const share = TERNARY_BITS / dataBits;
  return { [`${LEVEL.dram}/Weights`]: share, [`${LEVEL.weightsSpad}/Weights`]: share };
}

/** Accesses of a nest on the prediction architecture, by the component behind each level. */
export function nestAccesses(
  evaluation: Evaluation,
  shares: Shares,
  repeats: number,
  rules: ArchonRules,
): readonly ActionCount[] {
  const parts = predictionSpads(rules);
  return evaluation.levels.flatMap((level) =>
    // In a fixed order, whatever that of a cached evaluation.
    DATA_SPACES.filter((dataSpace) => dataSpace in level.accesses).map((dataSpace) => ({
      component: parts[level.name] ?? level.name,
      action: 'access',
      count: (level.accesses[dataSpace]?.vectorAccesses ?? 0) * (shares[`${level.name}/${dataSpace}`] ?? 1) * repeats,
      dataSpace,
    })),
  );
}

/** Multiplications by the scale of the ternary weights. */
function scaleMacs(block: FusedBlock, nest: Nest, macs: number, rules: ArchonRules): number {
  const share = rules.scaleMac === 'tenth' ? TENTH : 1;
  if (rules.scaleMultiplications === 'per-output') return share * outputWords(nest);
  const byTaps = rules.scaleMultiplications === 'by-inputs-and-nine' && nest.problem.C === 1;
  return (share * macs) / (byTaps ? PUBLISHED_TAPS : block.inChannels);
}

/** Additions, in actions of the built adder: as many narrow ones as are packed in one count once. */
function additions(block: FusedBlock, macs: number, { hardware, rules }: ArchonModel): number {
  const packed = rules.predictionAdds === 'packed' ? block.activationBits / hardware.dataBits : 1;
  return macs * packed * (rules.additionWidth === '16-bit' ? NARROW_ADDITION : 1);
}
