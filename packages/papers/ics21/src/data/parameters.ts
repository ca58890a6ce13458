import { readRuns } from '../text.js';
import type { PREDICTION_MAPSPACES } from './published-mapspaces.js';

/** Original network on the dense and sparse accelerators. One entry a block in each list. */
export interface BaselineParameters {
  readonly name: string;
  readonly inChannels: readonly number[];
  readonly midChannels: readonly number[];
  readonly outChannels: readonly number[];
  readonly outputWidths: readonly number[];
  readonly strides: readonly number[];
  readonly kernels: readonly number[];
  readonly groups: number;
  /** `pw-pw-dw` blocks join by concatenation: the first layer computes only the channels that are new. */
  readonly order: 'pw-dw-pw' | 'pw-pw-dw';
  /** Which pruned weights the sparse accelerator ran with. */
  readonly sparseWeights:
    'mobilenet-v2/cifar10' | 'mobilenet-v2/cifar100' | 'mnasnet/cifar10' | 'mnasnet/cifar100' | 'shufflenet';
}

/** Fused network on ARCHON. One entry a block in each list. */
interface FusedParameters {
  readonly inChannels: readonly number[];
  readonly midChannels: readonly number[];
  readonly outChannels: readonly number[];
  readonly outputWidths: readonly number[];
  readonly strides: readonly number[];
  readonly kernels: readonly number[];
  readonly activationBits: readonly number[];
  readonly groups: number;
  readonly order: 'pw-dw-pw' | 'pw-pw-dw';
  readonly keptFraction: number;
  /** Formulas the published scripts of this network use. */
  readonly style: 'A' | 'B';
  /** What the mapper of the predictions might do. */
  readonly mapspace: keyof typeof PREDICTION_MAPSPACES;
  /** The predictions were mapped on a 128 KiB global buffer. */
  readonly olderPredictionGlb: boolean;
}

/** Numbers that differ between the tables of one network. */
export interface TableParameters {
  readonly network: NetworkName;
  readonly dataset: Dataset;
  readonly baseline: BaselineParameters;
  readonly fused: FusedParameters;
  /** Adders a PE. */
  readonly addersPerPe: number;
  /** Adders a PE that the published overhead counts. */
  readonly overheadAdders: number;
  readonly decoderBits: number;
}

type NetworkName = 'mobilenet-v2' | 'mnasnet' | 'shufflenet' | 'fusionet';
type Dataset = 'cifar10' | 'cifar100';

const MOBILENETV2: Omit<BaselineParameters, 'sparseWeights'> = {
  name: 'MobileNetV2',
  inChannels: readRuns('16 24x2 32x3 64x4 96x3 160x3'),
  midChannels: readRuns('96 144x2 192x3 384x4 576x3 960x3'),
  outChannels: readRuns('24x2 32x3 64x4 96x3 160x3 320'),
  outputWidths: readRuns('32x5 16x6 8x5'),
  strides: readRuns('1x5 2 1x6 2 1x3'),
  kernels: readRuns('3x16'),
  groups: 1,
  order: 'pw-dw-pw',
};

const MNASNET: Omit<BaselineParameters, 'sparseWeights'> = {
  name: 'MnasNet',
  inChannels: readRuns('16 24x2 40x3 80x4 112x2 160x3'),
  midChannels: readRuns('96 144 72 120x2 240 480x4 672x2 960x3'),
  outChannels: readRuns('24x2 40x3 80x4 112x2 160x3 320'),
  outputWidths: readRuns('32x2 16x9 8x4'),
  strides: readRuns('1x2 2 1x8 2 1x3'),
  kernels: readRuns('3x2 5x3 3x6 5x3 3'),
  groups: 1,
  order: 'pw-dw-pw',
};

const SHUFFLENET: BaselineParameters = {
  name: 'ShuffleNet',
  inChannels: readRuns('24 60x4 120x8 240x2'),
  midChannels: readRuns('240x4 480x8 960x3'),
  outChannels: readRuns('60x4 120x8 240x3'),
  outputWidths: readRuns('32x3 16x8 8x4'),
  strides: readRuns('1x3 2 1x7 2 1x3'),
  kernels: readRuns('3x15'),
  groups: 3,
  order: 'pw-pw-dw',
  sparseWeights: 'shufflenet',
};

const FUSED_MOBILENETV2: FusedParameters = {
  inChannels: readRuns('16 24x3 32x4 40x6'),
  midChannels: readRuns('864x14'),
  outChannels: readRuns('24x3 32x4 40x6 80'),
  outputWidths: readRuns('32x3 16x4 8x7'),
  strides: readRuns('1x3 2 1x3 2 1x6'),
  kernels: readRuns('3x14'),
  activationBits: readRuns('4x14'),
  groups: 1,
  order: 'pw-dw-pw',
  keptFraction: 0.013,
  style: 'A',
  mapspace: 'mobilenet-v2',
  olderPredictionGlb: true,
};

const FUSED_MNASNET: FusedParameters = {
  inChannels: readRuns('16 24x3 32x5 40x6'),
  midChannels: readRuns('960x15'),
  outChannels: readRuns('24x3 32x5 40x6 80'),
  outputWidths: readRuns('32x2 16x6 8x7'),
  strides: readRuns('1x2 2 1x5 2 1x6'),
  kernels: readRuns('3x2 5x3 3x6 5x3 3'),
  activationBits: readRuns('2x3 4x12'),
  groups: 1,
  order: 'pw-dw-pw',
  keptFraction: 0.013,
  style: 'A',
  mapspace: 'mobilenet-v2',
  olderPredictionGlb: false,
};

const FUSIONET: FusedParameters = {
  inChannels: readRuns('32x4 64x4 96x8'),
  midChannels: readRuns('2368x8 3456x8'),
  outChannels: readRuns('32x3 64x4 96x8 160'),
  outputWidths: readRuns('32x3 16x4 8x9'),
  strides: readRuns('1x3 2 1x3 2 1x8'),
  kernels: readRuns('3x16'),
  activationBits: readRuns('4x16'),
  groups: 4,
  order: 'pw-dw-pw',
  keptFraction: 0.014,
  style: 'B',
  mapspace: 'fusionet',
  olderPredictionGlb: false,
};

const FUSED_SHUFFLENET: FusedParameters = {
  inChannels: readRuns('24 18x2 24x4 42x8'),
  midChannels: readRuns('2574x7 2604x8'),
  outChannels: readRuns('18x2 24x4 42x8 84'),
  outputWidths: readRuns('32x2 16x4 8x9'),
  strides: readRuns('1x2 2 1x3 2 1x8'),
  kernels: readRuns('3x15'),
  activationBits: readRuns('4x15'),
  groups: 3,
  order: 'pw-pw-dw',
  keptFraction: 0.01,
  style: 'B',
  mapspace: 'shufflenet',
  olderPredictionGlb: true,
};

/**
 * The seven published tables. FusioNet stands beside ShuffleNet as its baseline.
 *
 * @source compstruct/fusion-timeloop-model, configuration scripts; see PROVENANCE.md
 */
export const TABLES: readonly TableParameters[] = [
  {
    network: 'mobilenet-v2',
    dataset: 'cifar10',
    baseline: { ...MOBILENETV2, sparseWeights: 'mobilenet-v2/cifar10' },
    fused: FUSED_MOBILENETV2,
    addersPerPe: 6,
    overheadAdders: 24,
    decoderBits: 24,
  },
  {
    network: 'mobilenet-v2',
    dataset: 'cifar100',
    baseline: { ...MOBILENETV2, sparseWeights: 'mobilenet-v2/cifar100' },
    fused: FUSED_MOBILENETV2,
    addersPerPe: 5,
    overheadAdders: 6,
    decoderBits: 16,
  },
  {
    network: 'mnasnet',
    dataset: 'cifar10',
    baseline: { ...MNASNET, sparseWeights: 'mnasnet/cifar10' },
    fused: FUSED_MNASNET,
    addersPerPe: 6,
    overheadAdders: 24,
    decoderBits: 16,
  },
  {
    network: 'mnasnet',
    dataset: 'cifar100',
    baseline: { ...MNASNET, sparseWeights: 'mnasnet/cifar100' },
    fused: FUSED_MNASNET,
    addersPerPe: 5,
    overheadAdders: 20,
    decoderBits: 16,
  },
  {
    network: 'shufflenet',
    dataset: 'cifar10',
    baseline: SHUFFLENET,
    fused: FUSED_SHUFFLENET,
    addersPerPe: 6,
    overheadAdders: 6,
    decoderBits: 16,
  },
  {
    network: 'fusionet',
    dataset: 'cifar10',
    baseline: SHUFFLENET,
    fused: FUSIONET,
    addersPerPe: 6,
    overheadAdders: 24,
    decoderBits: 16,
  },
  {
    network: 'fusionet',
    dataset: 'cifar100',
    baseline: SHUFFLENET,
    fused: FUSIONET,
    addersPerPe: 6,
    overheadAdders: 24,
    decoderBits: 16,
  },
];
