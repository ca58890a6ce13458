import type { ArrayOptions } from '@archon-dse/pe-array';
import type { Comparison } from './comparison.js';
import { TIMELOOP_ALEXNET } from './data/timeloop-eyeriss.js';
import { EYERISS_ARRAY, searched } from './eyeriss-array.js';

/** Wide enough never to throttle. */
const UNLIMITED = 1e6;

/** Dense AlexNet on Timeloop's Eyeriss of 168 PEs. */
export function timeloopEyeriss(): Comparison {
  const array: ArrayOptions = {
    ...EYERISS_ARRAY,
    technology: '45nm',
    glbReadBandwidth: UNLIMITED,
    glbWriteBandwidth: UNLIMITED,
  };
  return {
    title: 'Timeloop, Eyeriss of 168 PEs, dense AlexNet',
    source: 'Y. N. Wu et al., Sparseloop, MICRO 2022, artifact: dense outputs of table 7',
    validates:
      'That our mapspace holds mappings as fast as those Timeloop found for the same array. Energies show how far our tables and ' +
      'mappings are from theirs: neither their mappings nor their component tables are known here.',
    assumptions: [
      'Output planes padded as there: 55 to 56, 27 to 28.',
      'The global buffer never limits; 45 nm, LPDDR4 and 16-bit multipliers, priced by our tables.',
    ],
    layers: TIMELOOP_ALEXNET.map(({ name, shape, paddedPlane, cycles, energyUj }) => {
      const found = searched(shape, array, paddedPlane);
      return {
        layer: name,
        figures: [
          { quantity: 'cycles', published: cycles, modelled: found.cycles },
          { quantity: 'energy, uJ', published: energyUj, modelled: found.energyUj },
        ],
      };
    }),
  };
}
