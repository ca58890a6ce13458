/** The speed-ups of the paper's abstract and the pair of tables that gives them. */
export interface Headline {
  readonly claim: string;
  readonly network: string;
  readonly dataset: string;
  readonly speedupDense: number;
  readonly speedupSparse: number;
  /** The publication does not say where its figures come from. */
  readonly isInference: true;
  readonly note: string;
}

/** @source ICS'21 ARCHON paper, abstract; and its published tables */
export const HEADLINE: Headline = {
  claim: 'up to 5.8x faster than dense and 2.1x than sparse',
  network: 'mobilenet-v2',
  dataset: 'cifar10',
  speedupDense: 4_132_672 / 718_116,
  speedupSparse: 1_512_504 / 718_116,
  isInference: true,
  note:
    'The only pair of published tables that gives both figures is fused MobileNetV2 on ARCHON against original MobileNetV2, ' +
    'CIFAR-10, whole network: 4 132 672 / 718 116 = 5.755 and 1 512 504 / 718 116 = 2.106 cycles. This is an inference from both ' +
    'ratios: the publication does not say so, the abstract speaks of FusioNet, and other pairs exceed 5.8 (ShuffleNet 7.46).',
};
