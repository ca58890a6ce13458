import type { JsonValue } from '@archon-dse/core';
import { CAMBRICON_X } from './cambricon-x.js';
import { DIANNAO } from './diannao.js';
import { EYERISS } from './eyeriss.js';
import { NVDLA } from './nvdla.js';
import { SCNN } from './scnn.js';
import { SHIDIANNAO } from './shidiannao.js';
import { SIMBA } from './simba.js';
import { SPARSE_TENSOR_CORE } from './sparse-tensor-core.js';
import { TPU_V1 } from './tpu-v1.js';

/** The shipped architectures by name, as their files have them. */
export const ARCHITECTURES: Readonly<Record<string, JsonValue>> = {
  'cambricon-x': CAMBRICON_X,
  diannao: DIANNAO,
  eyeriss: EYERISS,
  nvdla: NVDLA,
  scnn: SCNN,
  shidiannao: SHIDIANNAO,
  simba: SIMBA,
  'sparse-tensor-core': SPARSE_TENSOR_CORE,
  'tpu-v1': TPU_V1,
};
