import type { PriceTables } from '@archon-dse/core';
import type { Architecture } from '@archon-dse/loop-nest';
import { arrayArchitecture, LEVEL } from '@archon-dse/pe-array';
import { PART } from './component-names.js';
import { mainArray, predictionArray, type ArchonHardware } from './hardware.js';
import type { ArchonRules } from './rules.js';

/** The two loop-nest views of ARCHON. */
export interface ArchonArchitectures {
  /** Predictions and layers that are not fused. */
  readonly prediction: Architecture;
  readonly main: Architecture;
}

/**
 * The component behind each scratchpad level of the prediction architecture: the input and partial-sum scratchpads swap roles, and
 * the weights scratchpad is the prediction buffer (or, as published, a two-port SRAM that no area counts).
 */
export function predictionSpads(rules: ArchonRules): Readonly<Record<string, string>> {
  return {
    [LEVEL.ifmapSpad]: LEVEL.psumSpad,
    [LEVEL.psumSpad]: LEVEL.ifmapSpad,
    [LEVEL.weightsSpad]: rules.predictionWeightsSpad === 'two-port' ? LEVEL.weightsSpad : PART.predictionBuffer,
  };
}

/**
 * @param prices tables of `archonComponents`
 * @throws ArchonError ARCHON_PRICE_UNKNOWN_COMPONENT when a row is missing
 */
export function archonArchitectures(
  hardware: ArchonHardware,
  rules: ArchonRules,
  prices: PriceTables,
): ArchonArchitectures {
  const spads = Object.entries(predictionSpads(rules)).map(([level, part]) => [level, prices.ert[part] ?? {}]);
  const asPredictions = { ...prices, ert: { ...prices.ert, ...Object.fromEntries(spads) } };
  return {
    prediction: arrayArchitecture(predictionArray(hardware), asPredictions),
    main: arrayArchitecture(mainArray(hardware), prices),
  };
}
