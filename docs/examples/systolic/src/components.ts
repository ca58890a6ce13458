import type { ActionCount, Component } from '@archon-dse/core';
import type { Options } from './options.ts';
import type { Traffic } from './traffic.ts';

/** Of the buffer and of the DRAM channel. */
const ROW_BITS = 64;
const SUM_BITS = 32;

/** The hardware: PEs of this plugin's own class, everything else of built-in ones. */
export function components({ rows, columns, dataBits, sumsPerColumn, bufferKib }: Options): readonly Component[] {
  const bufferRows = (bufferKib * 1024 * 8) / ROW_BITS;
  return [
    { name: 'DRAM', class: 'dram', attributes: { type: 'LPDDR4', widthBits: ROW_BITS }, instances: 1 },
    {
      name: 'buffer',
      class: 'smartbuffer_SRAM',
      attributes: { depthWords: bufferRows, widthBits: ROW_BITS },
      instances: 1,
    },
    { name: 'pe', class: 'systolic-pe', attributes: { dataBits }, instances: rows * columns },
    {
      name: 'sums',
      class: 'smartbuffer_SRAM',
      attributes: { depthWords: sumsPerColumn, widthBits: SUM_BITS },
      instances: columns,
    },
    { name: 'adder', class: 'intadder', attributes: { dataBits: SUM_BITS }, instances: columns },
  ];
}

/** How often they act for a layer. Outputs go through the buffer to DRAM; a sum is read once, to be added to or to leave. */
export function actionsOf(
  macs: number,
  weightShifts: number,
  traffic: Traffic,
  dataBits: number,
): readonly ActionCount[] {
  const { dramWeights, dramInputs, dramOutputs, arrayInputs, sums } = traffic;
  const rowsOf = (values: number): number => Math.ceil((values * dataBits) / ROW_BITS);
  const counts: readonly ActionCount[] = [
    { component: 'DRAM', action: 'access', count: rowsOf(dramWeights), dataSpace: 'Weights' },
    { component: 'DRAM', action: 'access', count: rowsOf(dramInputs), dataSpace: 'Inputs' },
    { component: 'DRAM', action: 'access', count: rowsOf(dramOutputs), dataSpace: 'Outputs' },
    { component: 'buffer', action: 'write', count: rowsOf(dramInputs), dataSpace: 'Inputs' },
    { component: 'buffer', action: 'read', count: rowsOf(arrayInputs), dataSpace: 'Inputs' },
    { component: 'buffer', action: 'write', count: rowsOf(dramOutputs), dataSpace: 'Outputs' },
    { component: 'buffer', action: 'read', count: rowsOf(dramOutputs), dataSpace: 'Outputs' },
    { component: 'pe', action: 'compute', count: macs },
    { component: 'pe', action: 'load', count: weightShifts, dataSpace: 'Weights' },
    { component: 'sums', action: 'write', count: sums, dataSpace: 'Outputs' },
    { component: 'sums', action: 'read', count: sums, dataSpace: 'Outputs' },
    { component: 'adder', action: 'add', count: sums - dramOutputs, dataSpace: 'Outputs' },
  ];
  return counts.filter(({ count }) => count > 0);
}
