import { findBadValue, maskName, momentumName, planModel, type NamedTensors } from '@archon-dse/tensor';
import { splitName } from '@archon-dse/weights';
import { scaleName } from '../quantisation/scale-name.js';
import type { Checkpoint, CheckpointInfo } from './checkpoint.js';

/**
 * Checks what a checkpoint says, and its tensors against its network, so that whoever reads one need not.
 *
 * @throws Error naming the member or the tensor that is wrong
 */
export function checkCheckpoint({ info, tensors }: Checkpoint): void {
  checkMembers(info);
  checkTensors(info, tensors);
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isFinite = (value: unknown): boolean => Number.isFinite(value);
const isShare = (value: unknown): boolean => Number.isFinite(value) && Number(value) >= 0 && Number(value) <= 1;

/** Whether the members that are there are as they should be; those in `needed` must be there. */
function isRecord(
  value: unknown,
  members: Readonly<Record<string, (value: unknown) => boolean>>,
  needed: readonly string[] = [],
): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = value as Readonly<Record<string, unknown>>;
  return Object.entries(members).every(([name, isSound]) =>
    given[name] === undefined ? !needed.includes(name) : isSound(given[name]),
  );
}

const isEpoch = (value: unknown): boolean => {
  const members = { trainLoss: isFinite, trainAccuracy: isShare, testLoss: isFinite, testAccuracy: isShare };
  return isRecord(value, members, Object.keys(members));
};
const isOrigin = (value: unknown): boolean =>
  isRecord(value, {
    networkOptions: (options) => isRecord(options, {}),
    recipe: isText,
    batch: isCount,
    parent: (parent) => isRecord(parent, { stage: isText, sha256: isText }, ['stage', 'sha256']),
    file: (file) => isRecord(file, { name: isText, sha256: isText, names: isText }, ['name', 'sha256', 'names']),
    score: (score) => isRecord(score, { images: isCount, top1: isShare, loss: isFinite }, ['images', 'top1', 'loss']),
  });
const isGates = (value: unknown): boolean => {
  const members = { values: isCount, positive: isCount, predicted: isCount, both: isCount };
  return isRecord(value, {}) && Object.values(value as object).every((c) => isRecord(c, members, Object.keys(members)));
};
const KERNELS: readonly unknown[] = ['frozen', 'straightThrough', 'constrained'];
const isPredictor = (value: unknown): boolean =>
  isRecord(
    value,
    {
      relus: (relus) => Array.isArray(relus) && relus.every(isText),
      kernels: (kernels) => KERNELS.includes(kernels),
      gradientFactor: (factor) => factor === 1 || factor === 2,
    },
    ['relus', 'kernels'],
  );

const isLevels = (value: unknown): boolean => {
  const members = { least: isFinite, most: isFinite, step: (step: unknown) => isFinite(step) && Number(step) > 0 };
  return isRecord(value, members, Object.keys(members));
};
const isQuantisation = (value: unknown): boolean =>
  isRecord(
    value,
    {
      levels: (levels) => isRecord(levels, {}) && Object.values(levels as object).every(isLevels),
      fullWidthAccuracy: isShare,
    },
    ['levels', 'fullWidthAccuracy'],
  );

/** Every member but the network, which is checked by planning it. */
const MEMBERS: Readonly<Record<Exclude<keyof CheckpointInfo, 'network'>, (value: unknown) => boolean>> = {
  stage: isText,
  dataset: isText,
  seed: isCount,
  epochs: isCount,
  history: (history) => Array.isArray(history) && history.every(isEpoch),
  epoch: isCount,
  training: (training) => training === undefined || isText(training),
  origin: (origin) => origin === undefined || isOrigin(origin),
  prediction: (prediction) =>
    prediction === undefined ||
    isRecord(prediction, { predictor: isPredictor, gates: isGates }, ['predictor', 'gates']),
  quantisation: (quantisation) => quantisation === undefined || isQuantisation(quantisation),
};

function checkMembers(info: CheckpointInfo): void {
  for (const [name, isSound] of Object.entries(MEMBERS)) {
    if (!isSound(info[name as keyof CheckpointInfo])) throw new TypeError(`its "${name}" is not what it should be`);
  }
  const { epochs, history, epoch } = info;
  if (history.length > epochs || epoch > Math.max(0, history.length - 1)) {
    const counts = `${String(history.length)} of ${String(epochs)} epochs`;
    throw new RangeError(`it keeps epoch ${String(epoch + 1)} after ${counts}`);
  }
}

/** Each weight of the network and of its predictor in its shape; momenta and masks of weights; nothing else. */
function checkTensors({ network, prediction, quantisation }: CheckpointInfo, tensors: NamedTensors): void {
  const predictor = prediction === undefined ? {} : { predictor: prediction.predictor };
  const levels = quantisation === undefined ? {} : { levels: quantisation.levels };
  const { weights } = planModel({ network, batch: 1, ...predictor, ...levels });
  const depthwise = new Set(network.layers.flatMap(({ name, op }) => (op === 'depthwise' ? [`${name}/kernel`] : [])));
  const places = weights.flatMap(({ name, shape }) => [
    ...[name, momentumName(name), maskName(name)].map((place) => [place, shape.join(',')] as const),
    [scaleName(name), String(shape.at(depthwise.has(name) ? -2 : -1))] as const,
  ]);
  const shapes = new Map(places);
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const expected = shapes.get(name);
    if (expected === undefined) throw new RangeError(`its network has no tensor "${name}"`);
    if (shape.join(',') !== expected) {
      throw new RangeError(`tensor "${name}" is [${shape.join(',')}]; its network has [${expected}]`);
    }
    const problem = findBadValue(splitName(name)[1], data);
    if (problem !== undefined) throw new RangeError(`tensor "${name}" ${problem}`);
  }
  const missing = weights.find(({ name }) => tensors[name] === undefined);
  if (missing !== undefined) throw new RangeError(`tensor "${missing.name}" is missing`);
}
