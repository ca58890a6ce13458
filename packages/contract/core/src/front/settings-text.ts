import { canonicalJson } from '../json.js';
import type { Refine, Sweep } from '../sweep.js';

/** What a second step is of: `The front again with accelerator.options.phases added.` */
export function settingsText({ top, set }: Refine, { groupBy }: Pick<Sweep, 'groupBy'>): string {
  const points = top === 'front' ? 'The front' : top === 1 ? 'The best point' : `The best ${top} points`;
  const settings = Object.entries(set).map(([path, value]) => {
    return `${path} ${typeof value === 'string' ? value : canonicalJson(value)}`;
  });
  return `${points}${groupBy === undefined ? '' : ' of each group'} again with ${settings.join(', ')}.`;
}
