import type { Component } from '@archon-dse/core';
import { arrayComponents, LEVEL, peCount, ROW_BITS } from '@archon-dse/pe-array';
import { PART } from './component-names.js';
import { mainArray, type ArchonHardware } from './hardware.js';
import type { ArchonRules } from './rules.js';

/** Left out of the published area figures. @source ICS'21 ARCHON experiments */
const NOT_IN_AREA: readonly string[] = [LEVEL.dram, LEVEL.column, LEVEL.weightsSpad];

/** Masks and decoders an adder lane needs: one for each of the two predicted layers. */
const MASKS_PER_LANE = 2;
const SPAD_PORTS = 2;

/** All hardware of ARCHON, in the instances that are built, for pricing and for the area. */
export function archonComponents(hardware: ArchonHardware, rules: ArchonRules): readonly Component[] {
  const { technology, dataBits } = hardware;
  const pes = peCount(hardware);
  const part = (name: string, kind: string, instances: number, attributes: Component['attributes']): Component => ({
    name,
    class: kind,
    attributes: { technology, ...attributes },
    instances,
  });
  const buffer = { depthWords: hardware.predictionBufferWords, widthBits: dataBits, banks: 1 };
  const adders = rules.areaAdders === 'hardware' ? hardware.addersPerPe : rules.areaAdders;
  const lanes = adders * hardware.adderLanes;
  return [
    ...arrayComponents(mainArray(hardware)),
    ...(rules.predictionWeightsSpad === 'two-port'
      ? [part(LEVEL.weightsSpad, 'smartbuffer_SRAM', pes, { ...buffer, ports: SPAD_PORTS })]
      : []),
    part(PART.predictionGlb, 'smartbuffer_SRAM', 1, {
      depthWords: hardware.predictionGlbRows,
      widthBits: ROW_BITS,
      banks: hardware.predictionGlbBanks,
      ports: hardware.glbPorts,
    }),
    part(PART.predictionBuffer, 'sram', pes, { ...buffer, ports: 1 }),
    part(PART.adder, 'intadder', pes * adders, { dataBits: hardware.adderBits }),
    part(PART.adderFifo, 'fifo', pes * adders, { dataBits, depth: hardware.adderFifoWords }),
    part(PART.zeroFlagMux, 'bitwise', pes * adders, {}),
    part(PART.mask, 'bitwise', pes * MASKS_PER_LANE * lanes, {}),
    part(PART.operandMux, 'bitwise', pes * lanes, {}),
    part(PART.binaryDecoder, 'bitwise', hardware.meshX * lanes, {}),
  ];
}

/**
 * Area as the publication adds it up: without DRAM, the columns' distribution registers and the second weights scratchpad, the
 * prediction GLB and the number of adders by rule.
 *
 * @param areaUm2 area of one instance by component name
 */
export function archonAreaUm2(
  hardware: ArchonHardware,
  rules: ArchonRules,
  areaUm2: Readonly<Record<string, number>>,
): number {
  const leftOut = rules.predictionGlbArea === 'counted' ? NOT_IN_AREA : [...NOT_IN_AREA, PART.predictionGlb];
  return archonComponents(hardware, rules)
    .filter(({ name }) => !leftOut.includes(name))
    .reduce((sum, { name, instances }) => sum + instances * (areaUm2[name] ?? Number.NaN), 0);
}
