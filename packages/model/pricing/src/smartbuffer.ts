import type { ComponentPrice } from '@archon-dse/core';
import { mapValues, priceLogic } from './component-price.js';
import { adderFigures } from './logic.js';
import { round3 } from './round.js';
import type { Node } from './technology.js';

/** The address generators are 16-bit adders whatever the depth: the published tables never see the depth's width. */
const ADDRESS_GENERATOR = { dataBits: 16, latencyNs: 5 };

/** A storage with two address generators: an access steps one of them and leaves the other idle. */
export function withAddressGenerators<K extends string>(storage: ComponentPrice<K>, node: Node): ComponentPrice<K> {
  const { energyPj, areaUm2 } = priceLogic(adderFigures(ADDRESS_GENERATOR), node);
  const [add, idle] = [energyPj.add.value, energyPj.idle.value];
  return {
    energyPj: mapValues(storage.energyPj, ({ value, source }, action) => ({
      value: round3(value + (action === 'idle' ? 2 * idle : add + idle)),
      source: `${source}; + two 16-bit address generators`,
    })),
    areaUm2: {
      value: round3(storage.areaUm2.value + 2 * areaUm2.value),
      source: `${storage.areaUm2.source}; + two 16-bit address generators`,
    },
  };
}
