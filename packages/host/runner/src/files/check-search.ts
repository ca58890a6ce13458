import type { OptionMistake } from '@archon-dse/config';
import { type Registry, type Search, type Sweep } from '@archon-dse/core';
import { createStrategy } from '@archon-dse/engine/border';
import { problemOf } from '../explore/search.js';
import { border } from '../node-platform.js';
import { asTask } from '../plugins/plugin-tasks.js';
import { reportFault, type OnFault } from './faults.js';

/** Options of a strategy that cannot work for this sweep: mistakes in the file, so nothing is run. */
export async function checkSearch(
  sweep: Sweep,
  search: Search,
  registry: Registry,
  onFault: OnFault,
): Promise<readonly OptionMistake[]> {
  const entry = registry.resolve('strategy', search.strategy);
  try {
    await asTask(() => createStrategy(border, entry, search.options, problemOf(sweep, search)));
    return [];
  } catch (error) {
    reportFault(error, onFault);
    return (border.diagnosticsOf(error) ?? []).flatMap(({ code, message, expected, hint, path = '' }) => {
      const option = /^options\.([\w-]+)/.exec(path)?.[1];
      if (code !== 'ARCHON_BAD_OPTION' || option === undefined) return [];
      const problem = { code, message, ...(expected && { expected }), ...(hint && { hint }) };
      return [{ entry: ['search'], option, problem }];
    });
  }
}
