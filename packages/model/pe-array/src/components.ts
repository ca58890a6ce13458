import type { Component } from '@archon-dse/core';
import type { ArrayOptions } from './array-options.js';
import { glbRows, peCount, ROW_BITS } from './geometry.js';
import { LEVEL, MAC } from './level-names.js';

/** Ports of the weight scratchpad and words of a column's distribution register; fixed by the published design. */
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
  const perPe = (name: string, kind: string, attributes: Component['attributes']): Component => ({
    name,
    class: kind,
    attributes: { technology, ...attributes },
    instances: peCount(options),
  });
  const registers = (depthWords: number): Component['attributes'] => ({ depthWords, widthBits: dataBits });
  const sram = (depthWords: number): Component['attributes'] => ({
    ...registers(depthWords),
    banks: 1,
    ports: SPAD_PORTS,
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
    { ...perPe(LEVEL.column, 'regfile', registers(COLUMN_REGISTER_WORDS)), instances: meshX },
    perPe(LEVEL.ifmapSpad, 'smartbuffer_RF', registers(options.ifmapSpadWords)),
    ...(options.weightsSpadWords > 0
      ? [perPe(LEVEL.weightsSpad, 'smartbuffer_SRAM', sram(options.weightsSpadWords))]
      : []),
    perPe(LEVEL.psumSpad, 'smartbuffer_RF', registers(options.psumSpadWords)),
    perPe(MAC, 'intmac', { dataBits }),
  ];
}
