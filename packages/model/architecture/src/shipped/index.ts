import type { JsonValue } from '@archon-dse/core';
import { DIANNAO } from './diannao.js';
import { EYERISS } from './eyeriss.js';
import { NVDLA } from './nvdla.js';
import { SHIDIANNAO } from './shidiannao.js';
import { SIMBA } from './simba.js';
import { TPU_V1 } from './tpu-v1.js';

/** The shipped architectures by name, as their files have them. */
export const ARCHITECTURES: Readonly<Record<string, JsonValue>> = {
  diannao: DIANNAO,
  eyeriss: EYERISS,
  nvdla: NVDLA,
  shidiannao: SHIDIANNAO,
  simba: SIMBA,
  'tpu-v1': TPU_V1,
};
