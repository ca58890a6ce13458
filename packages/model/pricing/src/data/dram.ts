/**
 * Energy of a DRAM access in pJ per bit, read and write alike.
 *
 * @source constants of the Accelergy CACTI plug-in, commit 5b6993e (MIT), which names the papers in brackets
 */
export const DRAM_PJ_PER_BIT = {
  LPDDR4: { pjPerBit: 8, paper: 'public data' },
  LPDDR: { pjPerBit: 40, paper: 'Malladi et al., ISCA 2012' },
  DDR3: { pjPerBit: 70, paper: 'Malladi et al., ISCA 2012' },
  GDDR5: { pjPerBit: 14, paper: 'Chatterjee et al., MICRO 2017' },
  HBM2: { pjPerBit: 3.9, paper: 'Chatterjee et al., MICRO 2017' },
} as const;

export type DramType = keyof typeof DRAM_PJ_PER_BIT;
