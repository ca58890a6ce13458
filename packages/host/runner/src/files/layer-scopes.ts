import { wholeScope, type LayerScope } from '@archon-dse/cache';
import { spaceOf, type Sweep } from '@archon-dse/core';
import { Identities } from '@archon-dse/engine';
import { nodePlatform } from '../node-platform.js';
import type { LoadedPlugins } from '../plugins/loader.js';
import { choicesOf } from '../explore/expand.js';
import { choicesIn, readContents } from './contents.js';

/** Combinations of axes of an accelerator that are looked at: they have a scope of their own only where an axis names files. */
const MOST_LOOKED_AT = 1000;

/**
 * What the layer results depend on that a sweep would look for, each scope once; of stages that leave files it cannot tell before they ran.
 *
 * @param cwd - where relative paths of options start
 * @throws ArchonError ARCHON_FILE_NOT_FOUND
 */
export async function layerScopes(sweep: Sweep, plugins: LoadedPlugins, cwd: string): Promise<readonly LayerScope[]> {
  const { registry } = plugins;
  const contents = await readContents(choicesIn(sweep, registry), plugins, cwd, 0);
  const identities = new Identities({ registry, contents, platform: nodePlatform });
  const space = spaceOf(sweep);
  const point = space.pointOf(space.axes.map(() => 0));
  const scopes = new Map<string, LayerScope>();
  for (const candidate of sweep.accelerators) {
    for (const accelerator of choicesOf(candidate, MOST_LOOKED_AT)) {
      const grounds = identities.layerGroundsOf({ ...point, accelerator }, { artifacts: {} });
      if (grounds !== undefined) scopes.set(JSON.stringify(grounds), wholeScope(grounds));
    }
  }
  return [...scopes.values()];
}
