import { API_VERSION, definePlugin } from '@archon-dse/core';
import { importStage } from './import.js';
import { load } from './load.js';
import { predict } from './predict.js';
import { prune } from './prune.js';
import { quantise } from './quantise.js';
import { train } from './train.js';

/** The stages that train, load, prune, predict and quantise; what they do is loaded when one of them is applied. */
export default definePlugin({
  meta: { name: '@archon-dse/stages', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  stages: [train, load, prune, importStage, predict, quantise],
});
