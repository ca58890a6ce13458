import { predictorName, QUANTISER, type ModelPlan, type NamedTensors } from '@archon-dse/tensor';
import type { BlockRun } from './block/block-run.js';
import type { BlockLayer } from './block/fused-block.js';
import { shapeOf } from './block/shape-of.js';
import { placeIn } from './channels.js';
import { PredictedMasks } from './prediction/predicted-masks.js';
import { LayerRun } from './layers/layer-run.js';
import { FusedNetwork, type MaskSource } from './network-run.js';
import type { Predictor } from './prediction/predictor.js';
import { codeStart } from './prediction/thresholds.js';

/**
 * Part of a plane's largest value by which results may differ. Layer by layer, each value is rounded to single precision up to seven times between
 * the block's input and output, 6e-8 of its size each, and cancels against others; fused, once.
 */
export const TOLERANCE = 1e-5;

/** A predicted value this close to where its mask or code changes may fall on either side: sums of single-precision values are rounded. */
export const TIE = 1e-5;

/** How a fused block differs from its layers, over all images. */
export interface BlockCheck {
  readonly name: string;
  readonly maxAbsError: number;
  /** The same as a share of the largest value of the block's output. */
  readonly maxRelError: number;
  /** Masks and codes that differ and are no ties. */
  readonly maskMismatches: number;
  readonly ties: number;
}

/** A place at which a block differs from its layers. */
export interface Mismatch {
  readonly image: number;
  readonly block: string;
  /** What differs: a mask or code in front of a ReLU, or the block's output. */
  readonly what: 'mask' | 'code' | 'output';
  /** The ReLU or the output. */
  readonly node: string;
  readonly row: number;
  readonly column: number;
  readonly channel: number;
  readonly fused: number;
  readonly layers: number;
}

export interface Verification {
  readonly images: number;
  readonly blocks: readonly BlockCheck[];
  /** Share of the images that both ways put into the same class, each by its own values from the image on. */
  readonly top1Agreement: number;
  /** The first place that differs; none where all is well. */
  readonly mismatch?: Mismatch;
}

/** Compares fused execution with the layers, image by image. Each block is given what its layers are given, so that errors stay where they are made. */
export class Verifier {
  private readonly layers: LayerRun;
  private readonly fused: FusedNetwork;
  private readonly checks: readonly BlockVerifier[];
  private images = 0;
  private agreements = 0;
  private mismatch: Mismatch | undefined;

  /** @throws RangeError as {@link FusedNetwork} */
  constructor(plan: ModelPlan, tensors: NamedTensors, source: MaskSource = 'predictors') {
    this.layers = new LayerRun(plan, tensors);
    this.fused = new FusedNetwork(plan, tensors, source);
    this.checks = this.fused.blocks.map((run) => new BlockVerifier(run, this.layers));
  }

  /** The fused blocks, as the last image left them. */
  get blocks(): readonly BlockRun[] {
    return this.fused.blocks;
  }

  /** Runs one image both ways. @throws RangeError when it has another size than the network takes */
  add(image: Float32Array): void {
    this.layers.run(image);
    for (const check of this.checks) {
      const found = check.add(this.images);
      this.mismatch ??= found;
    }
    this.fused.run(image);
    this.agreements += this.fused.best === this.layers.best ? 1 : 0;
    this.images += 1;
  }

  get result(): Verification {
    return {
      images: this.images,
      blocks: this.checks.map(({ result }) => result),
      top1Agreement: this.images === 0 ? 0 : this.agreements / this.images,
      ...(this.mismatch === undefined ? {} : { mismatch: this.mismatch }),
    };
  }
}

/** Compares one block with the layers it stands for, on the values that a run of the layers left. */
export class BlockVerifier {
  private readonly run: BlockRun;
  private readonly layers: LayerRun;
  private readonly y: Float32Array;
  private maxAbsError = 0;
  private maxRelError = 0;
  private maskMismatches = 0;
  private ties = 0;
  private found: Mismatch | undefined;
  private image = 0;

  constructor(run: BlockRun, layers: LayerRun) {
    this.run = run;
    this.layers = layers;
    this.y = new Float32Array(layers.plane(run.block.output).length);
  }

  get result(): BlockCheck {
    const { maxAbsError, maxRelError, maskMismatches, ties } = this;
    return { name: this.run.block.name, maxAbsError, maxRelError, maskMismatches, ties };
  }

  /** Returns the first place of this image that differs. */
  add(image: number): Mismatch | undefined {
    const { run, layers } = this;
    const x = layers.plane(run.block.input);
    this.image = image;
    this.found = undefined;
    if (run.masks instanceof PredictedMasks) this.predict(run.masks, x);
    else run.masks.run(x);
    run.compute(x, this.y);
    this.compareOutput();
    return this.found;
  }

  private predict(masks: PredictedMasks, x: Float32Array): void {
    const [first, second] = masks.predictors;
    masks.runFirst(x);
    this.compareMasks(first, this.run.block.layers[0]);
    this.compareCodes(first);
    masks.runSecond();
    this.compareMasks(second, this.run.block.layers[1]);
  }

  /** Masks against what the layers' predictor lets pass. Where a tie differs the layers' mask is taken, so that the outputs can be compared. */
  private compareMasks(predictor: Predictor, { gate }: BlockLayer): void {
    if (gate === undefined) return;
    const passed = this.layers.plane(predictorName(gate.node.name));
    passed.forEach((value, at) => {
      const place = placeIn(gate.order, at);
      const mask = value > 0 ? 1 : 0;
      if (predictor.masks[place] === mask) return;
      const own = predictor.valueAt(place);
      if (Math.abs(own) <= TIE) this.ties += 1;
      else this.differs({ what: 'mask', node: gate.node.name, fused: own, layers: value }, at);
      predictor.masks[place] = mask;
    });
  }

  private compareCodes(predictor: Predictor): void {
    const [first, second] = this.run.block.layers;
    const { codes } = predictor;
    const values = this.layers.plane(`${predictorName(second.conv.name)}.input`);
    values.forEach((value, at) => {
      const place = placeIn(first.order, at);
      const code = Math.round(value / QUANTISER.step);
      const own = codes[place] ?? 0;
      if (own === code) return;
      const start = codeStart(Math.max(own, code));
      if (Math.abs(predictor.valueAt(place) - start) <= TIE) this.ties += 1;
      else this.differs({ what: 'code', node: second.conv.inputs[0] ?? '', fused: own, layers: code }, at);
      codes[place] = code;
    });
  }

  private compareOutput(): void {
    const { output } = this.run.block;
    const expected = this.layers.plane(output);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expected.forEach((value, at) => {
      const own = this.y[at] ?? 0;
      const error = Math.abs(own - value);
      if (error > this.maxAbsError) this.maxAbsError = error;
      const share = error === 0 ? 0 : error / largest;
      if (share > this.maxRelError) this.maxRelError = share;
      if (share <= TOLERANCE) return;
      this.found ??= this.placeOf({ what: 'output', node: output, fused: own, layers: value }, at);
    });
  }

  private differs(difference: Difference, at: number): void {
    this.maskMismatches += 1;
    this.found ??= this.placeOf(difference, at);
  }

  private placeOf(difference: Difference, at: number): Mismatch {
    const { image } = this;
    const [, width, channels] = shapeOf(this.layers.plan, difference.node);
    const cell = Math.floor(at / channels);
    const place = { row: Math.floor(cell / width), column: cell % width, channel: at % channels };
    return { image, block: this.run.block.name, ...place, ...difference };
  }
}

type Difference = Pick<Mismatch, 'what' | 'node' | 'fused' | 'layers'>;
