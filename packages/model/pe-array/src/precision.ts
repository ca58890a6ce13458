import {
  type ActionCount,
  bitsOf,
  defineOptions,
  type LayerRun,
  type OptionValues,
  type PriceTables,
  type Support,
  type Workload,
} from '@archon-dse/core';
import type { Architecture, Level } from '@archon-dse/loop-nest';
import { energyOf } from './architecture.js';
import type { ArrayOptions } from './array-options.js';
import { ROW_BITS } from './geometry.js';
import { LEVEL, MAC } from './level-names.js';

/** The option of accelerators that say what narrow operands save. */
export const PRECISION_OPTIONS = defineOptions({
  precision: {
    type: 'string',
    default: 'fixed',
    enum: ['fixed', 'scaled'],
    description:
      'What operands narrower than dataBits save, where a stage has chosen formats. fixed: rows of DRAM and of the global buffer hold more ' +
      'of them, and each PE widens them. scaled: scratchpads hold more of them too, and multipliers spend energy on their bits only. ' +
      'No mode multiplies faster.',
  },
});

export type PrecisionMode = OptionValues<typeof PRECISION_OPTIONS>['precision'];

/** How an array deals with the formats of a layer. */
export interface Words {
  /** Bits of each operand, and of an output once it is complete; partial sums always have `hardware` bits. */
  readonly weights: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly hardware: number;
  readonly mode: PrecisionMode;
}

/** The words of a layer; those of the hardware where no stage has chosen others. */
export function layerWords(
  { precision = {} }: Workload,
  { dataBits, precision: mode }: Pick<ArrayOptions, 'dataBits'> & { readonly precision: PrecisionMode },
): Words {
  const bits = (space: 'weights' | 'inputs' | 'outputs'): number => {
    const format = precision[space];
    return format === undefined ? dataBits : bitsOf(format);
  };
  return { weights: bits('weights'), inputs: bits('inputs'), outputs: bits('outputs'), hardware: dataBits, mode };
}

/** Refuses values wider than the words of the hardware. */
export function precisionSupport({ precision = {} }: Workload, dataBits: number): Support {
  for (const space of ['weights', 'inputs', 'outputs'] as const) {
    const format = precision[space];
    if (format === undefined || bitsOf(format) <= dataBits) continue;
    return {
      ok: false,
      reason: `its ${space} are ${format}, and the words of the array have ${dataBits} bit; set dataBits`,
    };
  }
  return { ok: true };
}

/** Values of some bits in the room of one word of the hardware, in a row that none of them straddles. */
function packed(rowBits: number, bits: number, hardware: number): number {
  return Math.floor(rowBits / bits) / Math.floor(rowBits / hardware);
}

/** Whether any word is narrower than those of the hardware. */
function isNarrow({ weights, inputs, outputs, hardware }: Words): boolean {
  return weights < hardware || inputs < hardware || outputs < hardware;
}

/** Whether multipliers spend less energy than on words of the hardware. */
function isNarrowMac({ weights, inputs, hardware, mode }: Words): boolean {
  return mode === 'scaled' && weights * inputs < hardware ** 2;
}

/**
 * The array as a layer of narrow words sees it; the very same where they are as wide as those of the hardware. Partial sums keep the
 * hardware's words, so outputs are narrow only where they are complete, in DRAM.
 *
 * @param architecture - of `arrayArchitecture` with the same prices
 * @throws ArchonError ARCHON_PRICE_UNKNOWN_COMPONENT when a row is missing
 */
export function narrowArchitecture(architecture: Architecture, words: Words, prices: PriceTables): Architecture {
  if (!isNarrow(words)) return architecture;
  const { weights, inputs, outputs, hardware, mode } = words;
  const packing = (rowBits: number): NonNullable<Level['packing']> => ({
    Weights: packed(rowBits, weights, hardware),
    Inputs: packed(rowBits, inputs, hardware),
  });
  const levels = architecture.levels.map((level): Level => {
    if (level.name === LEVEL.dram || level.name === LEVEL.glb) return { ...level, packing: packing(ROW_BITS) };
    return mode === 'scaled' && level.keeps.length > 0 ? { ...level, packing: packing(hardware) } : level;
  });
  const completePacking = packed(ROW_BITS, outputs, hardware);
  if (!isNarrowMac(words)) return { ...architecture, levels, completePacking };
  const macEnergyPj = energyOf(prices, MAC, 'accumulate') + weights * inputs * energyOf(prices, MAC, 'bitProduct');
  return { ...architecture, levels, completePacking, macEnergyPj };
}

/** A run of {@link narrowArchitecture} with its MACs by the bits of their operands, and what was done with narrow words in the notes. */
export function chargeOperands(run: LayerRun, words: Words): LayerRun {
  if (!isNarrow(words)) return run;
  const { weights, inputs, outputs, hardware } = words;
  const isScaled = isNarrowMac(words);
  const actions = run.actions.flatMap((action): readonly ActionCount[] => {
    if (!isScaled || action.component !== MAC) return [action];
    return [
      { ...action, action: 'bitProduct', count: action.count * weights * inputs },
      { ...action, action: 'accumulate' },
    ];
  });
  const pes = isScaled ? `multipliers work at ${weights} x ${inputs} bit` : `PEs work at ${hardware} bit`;
  const note = `weights of ${weights}, inputs of ${inputs}, outputs of ${outputs} bit share rows of ${ROW_BITS} bit; ${pes}`;
  return { ...run, actions, notes: [...(run.notes ?? []), note] };
}
