import { fail } from '@archon-dse/core';
import { Verifier, type FusedMain, type Masks, type Mismatch, type Verification } from '@archon-dse/fused-execution';
import { maskDensities, type Densities } from './mask-densities.js';
import { executing, type OpenModel } from './open-model.js';

/** The masks of a block on one image. */
export type ImageMasks = Pick<Masks, 'first' | 'second'>;

/** A block that was executed: the products of its weights, and its masks on each image. */
export interface ExecutedBlock {
  /** As layers name their block, e.g. `b3`. */
  readonly name: string;
  readonly main: FusedMain;
  readonly masks: readonly ImageMasks[];
  /** Where masks are 1, by ReLU. */
  readonly densities: { readonly first: Densities; readonly second: Densities };
}

/**
 * Runs the images through the fused blocks of a model and compares each block with the layers it stands for.
 *
 * @param onImage - hears how many images are done before each
 * @throws ArchonError ARCHON_RESULT_INVALID at the first value that differs, ARCHON_CHECKPOINT_INVALID when the model has no fused block
 */
export function runBlocks(model: OpenModel, onImage?: (done: number) => void): readonly ExecutedBlock[] {
  const verifier = verifierOf(model);
  const { blocks } = verifier;
  const masks = blocks.map((): ImageMasks[] => []);
  for (let image = 0; image < model.images; image++) {
    onImage?.(image);
    verifier.add(model.image(image));
    const { mismatch } = verifier.result;
    if (mismatch !== undefined) refuseDifference(model, mismatch);
    for (const [index, { masks: of }] of blocks.entries()) {
      masks[index]?.push({ first: of.first.slice(), second: of.second.slice() });
    }
  }
  return blocks.map(({ block: { name }, main: { main } }, index) => {
    const ofBlock = masks[index] ?? [];
    return { name, main, masks: ofBlock, densities: densitiesOf(main, ofBlock) };
  });
}

function densitiesOf({ firstChannels, secondChannels }: FusedMain, masks: readonly ImageMasks[]) {
  return {
    first: maskDensities(
      masks.map(({ first }) => first),
      firstChannels,
    ),
    second: maskDensities(
      masks.map(({ second }) => second),
      secondChannels,
    ),
  };
}

/**
 * The same comparison to its end, whatever differs.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when the model has no fused block
 */
export function verifyModel(model: OpenModel, onImage?: (done: number) => void): Verification {
  const verifier = verifierOf(model);
  for (let image = 0; image < model.images; image++) {
    onImage?.(image);
    verifier.add(model.image(image));
  }
  return verifier.result;
}

function verifierOf(model: OpenModel): Verifier {
  return executing(model, () => new Verifier(model.plan, model.tensors, model.masks));
}

function refuseDifference({ file }: OpenModel, difference: Mismatch): never {
  const { block, what, node, image, row, column, channel, fused, layers } = difference;
  return fail({
    code: 'ARCHON_RESULT_INVALID',
    message:
      `block ${block} of "${file}" is executed wrongly: its ${what} at "${node}" of image ${image}, row ${row}, column ${column}, ` +
      `channel ${channel} is ${fused}`,
    expected: `${layers}, as its layers have it`,
    layer: block,
  });
}
