import { archonAreaUm2, PUBLISHED_ARCHON } from '@archon-dse/archon-model';
import { arrayComponents, LEVEL, PUBLISHED_DENSE_ARRAY } from '@archon-dse/pe-array';
import { GLB_UM2, PART_UM2, SPAD_UM2, WEIGHTS_SPAD_UM2 } from './data/prices.js';
import { TABLES } from './data/parameters.js';
import { archonRules, type RuleStates } from './rules.js';

/** Areas as the publication adds them up, um2. */
export interface Areas {
  readonly denseUm2: number;
  readonly archonUm2: number;
  readonly ratio: number;
  /** Listed by the publication, and in the sum by rule `predictionGlbArea`. */
  readonly predictionGlbUm2: number;
}

/** Left out of the published area of the dense accelerator. */
const NOT_IN_AREA: readonly string[] = [LEVEL.dram, LEVEL.column];

export function areas(states: RuleStates): Areas {
  const [table] = TABLES;
  if (table === undefined) throw new RangeError('there is no table');
  const denseUm2 = arrayComponents(PUBLISHED_DENSE_ARRAY)
    .filter(({ name }) => !NOT_IN_AREA.includes(name))
    .reduce((sum, { name, instances }) => sum + instances * (DENSE_UM2[name] ?? Number.NaN), 0);
  const archonUm2 = archonAreaUm2(PUBLISHED_ARCHON, archonRules(table, states), ARCHON_UM2);
  return { denseUm2, archonUm2, ratio: archonUm2 / denseUm2, predictionGlbUm2: PREDICTION_GLB_UM2 };
}

const DENSE_UM2: Readonly<Record<string, number>> = {
  ...PART_UM2,
  [LEVEL.glb]: GLB_UM2[108],
  [LEVEL.ifmapSpad]: SPAD_UM2[16],
  [LEVEL.weightsSpad]: WEIGHTS_SPAD_UM2[224],
  [LEVEL.psumSpad]: SPAD_UM2[24],
};

const ARCHON_UM2: Readonly<Record<string, number>> = {
  ...PART_UM2,
  [LEVEL.glb]: GLB_UM2[100],
  [LEVEL.ifmapSpad]: SPAD_UM2[12],
  [LEVEL.weightsSpad]: WEIGHTS_SPAD_UM2[128],
  [LEVEL.psumSpad]: SPAD_UM2[32],
};

const PREDICTION_GLB_UM2 = PART_UM2['prediction_glb'] ?? Number.NaN;
