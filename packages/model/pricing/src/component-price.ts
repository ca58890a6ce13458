import type { ComponentPrice } from '@archon-dse/core';
import { LOGIC_RATIOS } from './data/node-ratios.js';
import { round3 } from './round.js';
import type { Node } from './technology.js';

/** What a law of the logic units gives at 45 nm, before scaling and rounding. */
export interface LogicFigures<K extends string = string> {
  readonly energyPj: Readonly<Record<K, number>>;
  readonly areaUm2: number;
  /** The law in words, for the source of the price. */
  readonly law: string;
  /** Actions of which many make one of another, so that their prices are not rounded. */
  readonly parts?: readonly K[];
}

/** Scales the figures of a law to a node, rounds them and names their source. */
export function priceLogic<K extends string>(figures: LogicFigures<K>, node: Node): ComponentPrice<K> {
  const ratio = LOGIC_RATIOS[node];
  const source = `Aladdin anchors (Accelergy plug-in c33fe70): ${figures.law}`;
  const scaled = (kind: 'energy' | 'area'): string =>
    node === 45 ? source : `${source}; x ${ratio[kind]} from 45 to ${node} nm (Stillmaker-Baas 2017, 1.0 V)`;
  return {
    energyPj: mapValues(figures.energyPj, (pj, action) => {
      const value = pj * ratio.energy;
      return { value: figures.parts?.includes(action) === true ? value : round3(value), source: scaled('energy') };
    }),
    areaUm2: { value: round3(figures.areaUm2 * ratio.area), source: scaled('area') },
  };
}

/** Actions of a storage; `access` is the one price Timeloop charges for every access, the largest over `read` and `write`. */
export function withAccess<K extends string>(
  price: ComponentPrice<K | 'read' | 'write'>,
): ComponentPrice<K | 'read' | 'write' | 'access'> {
  const { read, write } = price.energyPj;
  const largest = write.value >= read.value ? write : read;
  const access = { ...largest, source: `largest of read and write: ${largest.source}` };
  return { ...price, energyPj: { ...price.energyPj, access } };
}

/** The price of a multiplier: each of these actions is one multiply-accumulate. */
export function multiplies<K extends string>(
  price: ComponentPrice<K>,
  actions: readonly NoInfer<K>[],
): ComponentPrice<K> {
  const energyPj = mapValues(price.energyPj, (row, action) => (actions.includes(action) ? { ...row, macs: 1 } : row));
  return { ...price, energyPj };
}

/** The same keys with other values. */
export function mapValues<K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  map: (value: V, key: K) => W,
): Record<K, W> {
  const entries = Object.entries<V>(record).map(([key, value]) => [key, map(value, key as K)]);
  return Object.fromEntries(entries) as Record<K, W>;
}
