import type { Price, PriceTables } from '@archon-dse/core';
import type { Architecture } from '@archon-dse/loop-nest';
import { arrayArchitecture, LEVEL, PUBLISHED_DENSE_ARRAY, type ArrayOptions } from '@archon-dse/pe-array';
import { mainArray, predictionArray, PUBLISHED_ARCHON } from '@archon-dse/archon-model';
import { GLB_PJ, PART_PJ, SPAD_PJ, WEIGHTS_SPAD_PJ } from './data/prices.js';

/** Arrays the tables are made with. `main32` is the main array with room for a 5x5 window, which none of the published runs had. */
export const ARRAYS = {
  dense: PUBLISHED_DENSE_ARRAY,
  prediction: predictionArray(PUBLISHED_ARCHON),
  prediction128: predictionArray({ ...PUBLISHED_ARCHON, glbKib: 128, glbBanks: 32 }),
  main: mainArray(PUBLISHED_ARCHON),
  main32: mainArray({ ...PUBLISHED_ARCHON, ifmapSpadWords: 32 }),
} as const satisfies Readonly<Record<string, ArrayOptions>>;
export type ArrayName = keyof typeof ARRAYS;

/** pJ an action of the components of an array, at the published prices. */
export function arrayEnergies(name: ArrayName): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const { glbKib, ifmapSpadWords, weightsSpadWords, psumSpadWords }: ArrayOptions = ARRAYS[name];
  const access = (table: Readonly<Record<number, number>>, size: number): { access: number } => ({
    access: table[size] ?? Number.NaN,
  });
  return {
    ...PART_PJ,
    [LEVEL.glb]: access(GLB_PJ, glbKib),
    [LEVEL.ifmapSpad]: access(SPAD_PJ, ifmapSpadWords),
    [LEVEL.psumSpad]: access(SPAD_PJ, psumSpadWords),
    [LEVEL.weightsSpad]: access(WEIGHTS_SPAD_PJ, weightsSpadWords),
  };
}

const architectures = new Map<ArrayName, Architecture>();

export function architectureOf(name: ArrayName): Architecture {
  const known = architectures.get(name);
  if (known !== undefined) return known;
  const built = arrayArchitecture(ARRAYS[name], priceTables(name));
  architectures.set(name, built);
  return built;
}

function priceTables(name: ArrayName): PriceTables {
  const asPrice = (value: number): Price => ({ value, source: "ICS'21 Accelergy outputs" });
  const ert = Object.entries(arrayEnergies(name)).map(([component, actions]) => [
    component,
    Object.fromEntries(Object.entries(actions).map(([action, value]) => [action, asPrice(value)])),
  ]);
  return { ert: Object.fromEntries(ert), art: {} };
}
