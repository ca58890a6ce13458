import { API_VERSION, definePlugin } from '@archon-dse/core';
import { grid } from './grid.js';
import { halving } from './halving.js';
import { nsga2 } from './nsga2.js';
import { random } from './random.js';
import { sobol } from './sobol.js';
import { tpe } from './tpe.js';

export default definePlugin({
  meta: { name: '@archon-dse/strategies', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  strategies: [grid, random, sobol, nsga2, tpe, halving],
});
