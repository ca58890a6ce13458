/** A layer before or after the blocks. */
export interface OuterLayer {
  readonly name: string;
  readonly kind: 'conv' | 'pointwise' | 'depthwise' | 'dense';
  /** Channels of one group; a depthwise layer has C = 1 and M = channels. */
  readonly C: number;
  readonly M: number;
  readonly width: number;
  readonly groups: number;
  /** Stride the publication simulated where it is not the layer's own. */
  readonly publishedStride?: number;
  /** Groups the publication counted where it forgot some. */
  readonly publishedGroups?: number;
  /** Whether the published depthwise energy counts the input traffic of every channel. */
  readonly publishedDepthwiseInputs?: boolean;
  /** Left out of the published table. */
  readonly missing?: boolean;
}

export interface OuterLayers {
  readonly head: readonly OuterLayer[];
  readonly tail: readonly OuterLayer[];
}

const KERNEL = 3;
/** Kernel of a kind of layer. */
export const OUTER_KERNEL = { conv: KERNEL, pointwise: 1, depthwise: KERNEL, dense: 1 } as const;

const conv = (M: number): OuterLayer => ({ name: 'conv1', kind: 'conv', C: 3, M, width: 32, groups: 1 });
const pw = (name: string, C: number, M: number, width: number, groups = 1): OuterLayer => ({
  name,
  kind: 'pointwise',
  C,
  M,
  width,
  groups,
});
const dw = (M: number, publishedDepthwiseInputs: boolean, name = 'DW1'): OuterLayer => ({
  name,
  kind: 'depthwise',
  C: 1,
  M,
  width: 32,
  groups: 1,
  publishedDepthwiseInputs,
});
const fc = (C: number, M: number): OuterLayer => ({ name: 'FC1', kind: 'dense', C, M, width: 1, groups: 1 });

const mobilenetHead = (inputs: boolean): readonly OuterLayer[] => [
  conv(32),
  pw('PW1', 32, 32, 32),
  dw(32, inputs),
  pw('PW2', 32, 16, 32),
];
const mnasnetHead = (inputs: boolean): readonly OuterLayer[] => [conv(32), dw(32, inputs), pw('PW1', 32, 16, 32)];
const wideTail = (C: number, classes: number): readonly OuterLayer[] => [pw('PW1', C, 1280, 8), fc(1280, classes)];
const fusionetHead = [conv(32), pw('PW1', 8, 8, 32, 4), dw(32, true)];

/**
 * Head and tail of the dense and of the ARCHON side of each table; a side without an entry has none in the publication.
 *
 * @source compstruct/fusion-timeloop-model, head and tail folders; see PROVENANCE.md
 */
export const OUTER_LAYERS: Readonly<Record<string, { readonly dense?: OuterLayers; readonly archon?: OuterLayers }>> = {
  'mobilenet-v2/cifar10': {
    dense: { head: mobilenetHead(false), tail: wideTail(320, 10) },
    archon: { head: mobilenetHead(true), tail: wideTail(80, 10) },
  },
  'mobilenet-v2/cifar100': { dense: { head: mobilenetHead(true), tail: wideTail(320, 100) } },
  'mnasnet/cifar10': {
    dense: { head: mnasnetHead(false), tail: wideTail(320, 10) },
    archon: { head: mnasnetHead(true), tail: wideTail(80, 10) },
  },
  'mnasnet/cifar100': { dense: { head: mnasnetHead(true), tail: wideTail(320, 100) } },
  'shufflenet/cifar10': {
    dense: {
      head: [conv(24), { ...pw('head_PW', 8, 8, 32, 3), missing: true }, { ...dw(24, true, 'head_DW'), missing: true }],
      tail: [{ ...pw('last_PW', 80, 320, 8, 3), missing: true }, fc(960, 10)],
    },
    archon: {
      head: [conv(24), pw('head_PW', 8, 8, 32, 3), dw(24, true, 'head_DW')],
      tail: [{ ...pw('last_PW', 28, 320, 8, 3), publishedStride: 8 }, fc(960, 10)],
    },
  },
  'fusionet/cifar10': {
    dense: {
      head: [conv(32), { ...pw('PW1', 8, 8, 32, 4), publishedGroups: 1 }, dw(32, false)],
      tail: [pw('GPW1', 40, 240, 8, 4), fc(960, 10)],
    },
    archon: {
      head: fusionetHead,
      tail: [{ ...pw('PW1', 40, 240, 8, 4), publishedGroups: 1 }, fc(1280, 10)],
    },
  },
  'fusionet/cifar100': { archon: { head: fusionetHead, tail: [pw('PW1', 160, 128, 8), fc(1280, 100)] } },
};
