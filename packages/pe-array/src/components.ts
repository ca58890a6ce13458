import type { Component } from '@archon-dse/core';
import type { ArrayOptions } from './array-options.js';
import { glbRows, peCount, ROW_BITS } from './geometry.js';
import { LEVEL, MAC } from './level-names.js';

/** Ports of a scratchpad and of a column's distribution register, and the words of the latter; fixed by the published design. */
const SPAD_PORTS = 2;
const COLUMN_REGISTER_WORDS = 16;

/**
 * The hardware of a PE array, for pricing and for the area, in all the instances that are built.
 *
 * Everything counts, as in the published architecture summary: DRAM (a token 1 um2) and one distribution register a column are
 * included, which gives 1 440 017.20 um2 with the default options. The later published area tables leave these two out and print
 * 1 438 130.76 um2.
 *
 * @source ICS'21 ARCHON experiments, dense architecture
 */
export function arrayComponents(options: ArrayOptions): readonly Component[] {
  const { technology, dataBits, meshX } = options;
  const spad = (name: string, kind: string, depthWords: number): Component => ({
    name,
    class: kind,
    attributes: { technology, depthWords, widthBits: dataBits, banks: 1, ports: SPAD_PORTS },
    instances: peCount(options),
  });
  return [
    {
      name: LEVEL.dram,
      class: 'dram',
      attributes: { type: options.dramType, widthBits: ROW_BITS },
      instances: 1,
    },
    {
      name: LEVEL.glb,
      class: 'smartbuffer_SRAM',
      attributes: {
        technology,
        depthWords: glbRows(options),
        widthBits: ROW_BITS,
        banks: options.glbBanks,
        ports: options.glbPorts,
      },
      instances: 1,
    },
    { ...spad(LEVEL.column, 'regfile', COLUMN_REGISTER_WORDS), instances: meshX },
    spad(LEVEL.ifmapSpad, 'smartbuffer_RF', options.ifmapSpadWords),
    ...(options.weightsSpadWords > 0
      ? [spad(LEVEL.weightsSpad, 'smartbuffer_SRAM', options.weightsSpadWords)]
      : []),
    spad(LEVEL.psumSpad, 'smartbuffer_RF', options.psumSpadWords),
    { name: MAC, class: 'intmac', attributes: { technology, dataBits }, instances: peCount(options) },
  ];
}
