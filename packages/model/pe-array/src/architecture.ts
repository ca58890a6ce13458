import { fail, type PriceTables } from '@archon-dse/core';
import type { Architecture, Level } from '@archon-dse/loop-nest';
import type { ArrayOptions } from './array-options.js';
import { glbWords, peCount, wordsPerRow } from './geometry.js';
import { LEVEL, MAC } from './level-names.js';

type Bandwidths = Required<Pick<Level, 'readBandwidth' | 'writeBandwidth'>>;

const UNSPREAD = { meshX: 1, meshY: 1 } as const;

/**
 * The loop-nest view of a PE array, outermost level first. Weights bypass the global buffer; the distribution registers of the
 * columns keep nothing and only carry the spatial split over meshY.
 *
 * @param prices tables of the components of {@link arrayComponents}; one `access` energy a level, one `compute` energy of the MAC
 * @throws ArchonError ARCHON_PRICE_UNKNOWN_COMPONENT when a row is missing
 */
export function arrayArchitecture(options: ArrayOptions, prices: PriceTables): Architecture {
  const access = (name: string): { name: string; accessEnergyPj: number } => ({
    name,
    accessEnergyPj: energyOf(prices, name, 'access'),
  });
  const row = wordsPerRow(options);
  const glb: Bandwidths = { readBandwidth: options.glbReadBandwidth, writeBandwidth: options.glbWriteBandwidth };
  const spadBandwidth: Bandwidths = {
    readBandwidth: options.spadReadBandwidth,
    writeBandwidth: options.spadWriteBandwidth,
  };
  const spad = (name: string, keeps: Level['keeps'], sizeWords: number): Level => ({
    ...access(name),
    keeps,
    sizeWords,
    blockSize: 1,
    ...spadBandwidth,
    ...UNSPREAD,
  });
  return {
    levels: [
      { ...access(LEVEL.dram), keeps: ['Weights', 'Inputs', 'Outputs'], blockSize: row, ...UNSPREAD },
      {
        ...access(LEVEL.glb),
        keeps: ['Inputs', 'Outputs'],
        sizeWords: glbWords(options),
        blockSize: row,
        ...glb,
        meshX: options.meshX,
        meshY: 1,
      },
      { ...access(LEVEL.column), keeps: [], blockSize: 1, meshX: 1, meshY: options.meshY },
      spad(LEVEL.ifmapSpad, ['Inputs'], options.ifmapSpadWords),
      ...(options.weightsSpadWords > 0 ? [spad(LEVEL.weightsSpad, ['Weights'], options.weightsSpadWords)] : []),
      spad(LEVEL.psumSpad, ['Outputs'], options.psumSpadWords),
    ],
    macs: peCount(options),
    macEnergyPj: energyOf(prices, MAC, 'compute'),
  };
}

/** @throws ArchonError ARCHON_PRICE_UNKNOWN_COMPONENT when the row is missing */
export function energyOf(prices: PriceTables, component: string, action: string): number {
  return (
    prices.ert[component]?.[action]?.value ??
    fail({
      code: 'ARCHON_PRICE_UNKNOWN_COMPONENT',
      message: `no energy of action "${action}" of component "${component}"`,
      expected: `a row "${action}" in the energy table of "${component}"`,
    })
  );
}

/** The same array with a global buffer that always keeps up. */
export function withoutGlbBandwidth({ levels, ...rest }: Architecture): Architecture {
  return { ...rest, levels: levels.map((level) => (level.name === LEVEL.glb ? unlimited(level) : level)) };
}

function unlimited(level: Level): Level {
  const copy: { -readonly [K in keyof Level]: Level[K] } = { ...level };
  delete copy.readBandwidth;
  delete copy.writeBandwidth;
  return copy;
}
