/** What a prediction, or a layer on the prediction array, may do at each place: `Q8` a given factor, `Q` any, `R*` all of the kernel. */
export interface PredictionMapspace {
  /** Temporal loops of DRAM. Those of the global buffer are over C, M, P and Q; both in any order. */
  readonly dram: string;
  /** Over the columns of the array, and over the PEs of a column. */
  readonly x: string;
  readonly y: string;
  /** Temporal loops inside a PE. */
  readonly ifmap: string;
  readonly weights: string;
  readonly psum: string;
}

const FREE = 'C M P Q';
const DEPTHWISE = { dram: FREE, ifmap: '', weights: 'R* S* M P', psum: 'M Q' } as const;

/**
 * The mapspaces of the published ARCHON predictions: what their constraint files left open, by the network that ran with them (MnasNet
 * with those of MobileNetV2) and the layer predicted.
 *
 * The file beside FusioNet's expansions asks for M8 over both axes, which does not divide their 592 and 864 channels; they ran with
 * Q8 over X, as their mappings show.
 *
 * @source compstruct/fusion-timeloop-model, constraints and mapper outputs of the predictions; see PROVENANCE.md
 */
export const PREDICTION_MAPSPACES = {
  'mobilenet-v2': {
    'predict-expand': { dram: FREE, x: 'Q8', y: 'M8', ifmap: 'C8', weights: 'P', psum: 'M3 Q' },
    'predict-depthwise': { ...DEPTHWISE, x: 'M2 Q4', y: 'M8' },
  },
  fusionet: {
    'predict-expand': { dram: FREE, x: 'Q8', y: 'M8', ifmap: 'C', weights: '', psum: 'C M P Q' },
    'predict-depthwise': { ...DEPTHWISE, x: 'M8', y: 'M8' },
  },
  shufflenet: {
    'predict-expand': { dram: FREE, x: 'C P Q', y: 'P8', ifmap: 'C', weights: '', psum: 'C M P Q' },
    'predict-project': { dram: FREE, x: 'C P Q', y: 'P8', ifmap: '', weights: 'P', psum: 'M Q' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, PredictionMapspace>>>>;

/**
 * The mapspace of heads and tails on ARCHON, and that of their last layers, which have no plane. Their files also leave C, R and S free
 * in DRAM and R and S in the global buffer. No optimum of a published layer needs them (a test compares), and without them a search
 * takes a tenth of a second at most instead of seconds.
 *
 * @source compstruct/fusion-timeloop-model, constraints of the heads and tails; see PROVENANCE.md
 */
export const LAYER_MAPSPACES = {
  plane: { dram: 'M P Q', x: 'C M P', y: 'M Q', ifmap: 'C Q R S', weights: 'P R S', psum: 'M Q R S' },
  noPlane: { dram: 'M P Q', x: 'C8', y: 'C8', ifmap: 'C Q R S', weights: 'P R S', psum: 'M Q R S' },
} as const satisfies Readonly<Record<string, PredictionMapspace>>;
