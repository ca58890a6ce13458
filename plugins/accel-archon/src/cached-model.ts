import {
  archonArchitectures,
  PUBLISHED_ARCHON,
  searchedMapLayer,
  type ArchonHardware,
  type ArchonModel,
  type ArchonRules,
  type MapLayer,
  type PhaseRun,
  type PhaseStore,
} from '@archon-dse/archon-model';
import type { JsonValue, LayerCache, PriceTables } from '@archon-dse/core';

/**
 * The model with its phases and mappings in the cache of the accelerator. Phases are found by all the hardware; mappings by what the
 * search depends on, so that points that differ in the adders only share them.
 */
export function cachedModel(
  hardware: ArchonHardware,
  rules: ArchonRules,
  prices: PriceTables,
  cache: LayerCache,
): ArchonModel {
  let search: MapLayer | undefined; // Only for phases that are not in the cache.
  return {
    hardware,
    rules,
    mapLayer: (request) => {
      search ??= searchedMapLayer(hardware, archonArchitectures(hardware, rules, prices), cache);
      return search(request);
    },
    phases: cachedPhases(`phase ${setupText(hardware, rules, prices)}`, cache),
  };
}

/** Most blocks of a network repeat the one before: a map of the run finds them without the long key of the cache. */
function cachedPhases(setup: string, cache: LayerCache): PhaseStore {
  const ofRun = new Map<string, PhaseRun>();
  return {
    get(key) {
      const known = ofRun.get(key) ?? (cache.get(`${setup} ${key}`) as unknown as PhaseRun | undefined);
      if (known !== undefined) ofRun.set(key, known);
      return known;
    },
    set(key, phase) {
      ofRun.set(key, phase);
      cache.set(`${setup} ${key}`, phase as unknown as JsonValue);
    },
  };
}

const HARDWARE = Object.keys(PUBLISHED_ARCHON) as readonly (keyof ArchonHardware)[];

/** Everything a phase depends on beside its block. */
function setupText(hardware: ArchonHardware, rules: ArchonRules, { ert }: PriceTables): string {
  const energies = Object.entries(ert).map(
    ([component, actions]) =>
      `${component} ${Object.values(actions)
        .map(({ value }) => value)
        .join(' ')}`,
  );
  return [...HARDWARE.map((name) => hardware[name]), ...Object.values(rules), ...energies].join();
}
