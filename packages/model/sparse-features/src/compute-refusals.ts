import type { Dim } from '@archon-dse/loop-nest';
import type { ComputeSkipping, OperandSpace, SparseFeatures } from './features.js';
import { unknownLevel, unknownZeros, type NamedLevel, type SparseRefusal } from './refusals.js';

const AT = 'compute.skipping';

/** Dimensions that only one operand has, and so can be packed along while both are looked at. */
const OWN: Readonly<Record<OperandSpace, readonly Dim[]>> = {
  Weights: ['M', 'R', 'S'],
  Inputs: ['N', 'P', 'Q'],
};

/** Dimensions that can be packed along where nothing else is looked at. */
const ALONE: Readonly<Record<OperandSpace, readonly Dim[]>> = {
  Weights: ['G', 'M', 'C', 'R', 'S'],
  Inputs: ['N', 'G', 'C', 'P', 'Q'],
};

export function computeRefusals(features: SparseFeatures, levels: readonly NamedLevel[]): readonly SparseRefusal[] {
  const skipping = features.compute?.skipping;
  if (skipping === undefined) return [];
  if (!levels.some(({ name }) => name === skipping.level)) return [unknownLevel(skipping.level, `${AT}.level`, levels)];
  const [innermost] = levels.slice(-1);
  return [
    ...unknownZeros(skipping.on, innermost?.name ?? '', `${AT}.on`, features, levels),
    ...(['Weights', 'Inputs'] as const).flatMap((operand) => packRefusals(operand, skipping)),
    ...(['Weights', 'Inputs'] as const).flatMap((operand) => laneRefusals(operand, skipping)),
    ...blockRefusals(skipping),
  ];
}

function packRefusals(operand: OperandSpace, { on, pack }: ComputeSkipping): readonly SparseRefusal[] {
  const dims = pack?.[operand];
  if (dims === undefined) return [];
  const at = `${AT}.pack.${operand}`;
  if (!on.includes(operand)) {
    return [{ at, message: `${operand} are packed, and their zeros are not skipped`, expected: `${operand} in on` }];
  }
  const allowed = on.length === 2 ? OWN[operand] : ALONE[operand];
  return dims
    .filter((dim) => !allowed.includes(dim))
    .map((dim) => ({
      at,
      message: `${operand} cannot be packed along ${dim}${on.length === 2 ? ', along which they meet the other operand' : ''}`,
      expected: `of ${allowed.join(', ')}`,
    }));
}

function laneRefusals(operand: OperandSpace, { pack, lanes }: ComputeSkipping): readonly SparseRefusal[] {
  if (lanes?.[operand] === undefined || pack?.[operand] !== undefined) return [];
  const message = `${operand} have lanes, and nothing is packed into them`;
  return [{ at: `${AT}.lanes.${operand}`, message, expected: `pack.${operand}` }];
}

function blockRefusals({ on, pack, block }: ComputeSkipping): readonly SparseRefusal[] {
  if (block === undefined) return [];
  const at = `${AT}.block`;
  const isAlone = on.length === 1 && on[0] === 'Weights' && pack?.Weights?.length === 1;
  return [
    ...(isAlone
      ? []
      : [
          {
            at,
            message: 'blocks are of weights packed along one dimension',
            expected: 'on: [Weights], and one dimension under pack.Weights',
          },
        ]),
    ...(block.slots < block.positions
      ? []
      : [
          {
            at: `${at}.slots`,
            message: `${block.slots} of ${block.positions} leave no zero out`,
            expected: `fewer than ${block.positions}`,
          },
        ]),
  ];
}
