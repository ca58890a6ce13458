import type { ComponentPrice } from '@archon-dse/core';
import { withAccess } from './component-price.js';
import { DRAM_PJ_PER_BIT, type DramType } from './data/dram.js';
import { round3 } from './round.js';

/** The published tables have no DRAM area: 1 um2 stands for it, and area sums over a chip leave the DRAM out. */
const DUMMY_AREA_UM2 = 1;

/** A DRAM channel: one access moves `widthBits`; background power is not modelled. */
export function priceDram(type: DramType, widthBits: number): ComponentPrice<'read' | 'write' | 'idle' | 'access'> {
  const { pjPerBit, paper } = DRAM_PJ_PER_BIT[type];
  const source = `Accelergy CACTI plug-in (5b6993e): ${type} at ${pjPerBit} pJ/bit (${paper}) x ${widthBits} bit`;
  const transfer = { value: round3(pjPerBit * widthBits), source, offChipBits: widthBits };
  return withAccess({
    energyPj: { read: transfer, write: transfer, idle: { value: 0, source: 'background power is not modelled' } },
    areaUm2: { value: DUMMY_AREA_UM2, source: 'placeholder of the published tables; a DRAM is off chip' },
  });
}
