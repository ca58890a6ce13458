import type { Comparison, ComparedFigure } from './comparison.js';
import { macsOf } from './conv-shape.js';
import {
  CYCLES_A_MS,
  EYERISS_ALEXNET,
  EYERISS_ALEXNET_MAPPINGS,
  EYERISS_SOURCE,
  EYERISS_VGG16,
  type MeasuredLayer,
} from './data/eyeriss-chip.js';
import { type ArrayFigures, asOnChip, EYERISS_ARRAY, searched } from './eyeriss-array.js';

const CHIP_ASSUMPTIONS = [
  'Times are processing times; the chip adds the time to load a layer.',
  'DRAM figures of the chip are of compressed activations, those of the model are not compressed.',
  'Weights go from DRAM to the PEs without passing the global buffer; its 8 KiB for prefetching them are left out.',
  'The global buffer gives 4 words and takes 4 words of 16 bit a cycle: our reading, not a published figure.',
  'Filling and draining the array, and reconfiguring it between passes, take no time.',
];

function figures(layer: MeasuredLayer, { cycles, activePes, glbMb, dramMb }: ArrayFigures): readonly ComparedFigure[] {
  return [
    { quantity: 'time, ms', published: layer.processingMs, modelled: cycles / CYCLES_A_MS },
    { quantity: 'active PEs', published: layer.activePes, modelled: activePes },
    { quantity: 'global buffer, MB', published: layer.glbMb, modelled: glbMb },
    { quantity: 'DRAM, MB', published: layer.dramMb, modelled: dramMb },
  ];
}

/** AlexNet in the mappings the chip used. */
export function chipMappings(): Comparison {
  return {
    title: 'Eyeriss chip, AlexNet, in the mappings of the chip',
    source: `${EYERISS_SOURCE}, tables III and V`,
    validates:
      'Cycles, active PEs and accesses of the loop-nest model for a given mapping, against silicon. Nothing is fitted; the mapping is ' +
      'rebuilt from seven published parameters a layer, which say neither the order of loops nor what is kept between passes.',
    assumptions: [
      'Outputs of m filters, n images and a strip of e columns stay in the global buffer while the channels pass, q x r at a time.',
      'A strip wider than the array is split over two rows of PE sets. The output plane is padded to whole strips: 55 to 56, 27 to 28.',
      'The mapping parameters are from a scan; a misread digit would show here.',
      ...CHIP_ASSUMPTIONS,
    ],
    layers: EYERISS_ALEXNET.flatMap((layer) => {
      const parameters = EYERISS_ALEXNET_MAPPINGS[layer.name];
      if (parameters === undefined) return [];
      return [{ layer: layer.name, figures: figures(layer, asOnChip(layer.shape, parameters, EYERISS_ARRAY)) }];
    }),
  };
}

/** Both networks in the mappings this project's mapper finds. */
export function searchedMappings(): readonly Comparison[] {
  return [['AlexNet', 'V', EYERISS_ALEXNET] as const, ['VGG-16', 'VI', EYERISS_VGG16] as const].map(
    ([network, table, layers]) => ({
      title: `Eyeriss chip, ${network}, in the best mappings of our mapspace`,
      source: `${EYERISS_SOURCE}, table ${table}`,
      validates:
        'What a sweep would say about such an array: the mapper with the row-stationary mapspace of the dense accelerator. The mapper ' +
        'may use the buffer better than the chip does, so lower figures are no error of the loop-nest model by themselves.',
      assumptions: [
        'Mappings split every dimension exactly; the chip pads.',
        'The fewest cycles, then the least energy at 65 nm.',
        ...CHIP_ASSUMPTIONS,
      ],
      layers: layers.map((layer) => ({
        layer: layer.name,
        figures: figures(layer, searched(layer.shape, EYERISS_ARRAY)),
      })),
    }),
  );
}

const BYTES_A_CYCLE = 16;

/** Time from the accesses that were measured, for the bandwidth alone. */
export function bandwidthOnly(): readonly Comparison[] {
  return [['AlexNet', 'V', EYERISS_ALEXNET] as const, ['VGG-16', 'VI', EYERISS_VGG16] as const].map(
    ([network, table, layers]) => ({
      title: `Eyeriss chip, ${network}, time from measured accesses`,
      source: `${EYERISS_SOURCE}, table ${table}`,
      validates:
        'Only the rule that a layer takes the longer of computing and moving its words. Active PEs and accesses of the global buffer are ' +
        'the measured ones, so neither a mapping nor the counting of accesses is tested.',
      assumptions: [
        `A layer takes the longer of MACs / active PEs and global-buffer bytes / ${BYTES_A_CYCLE} cycles.`,
        '16 bytes a cycle, a 64-bit read and a 64-bit write, is our reading of the chip; the VGG-16 table suggested it.',
      ],
      layers: layers.map(({ name, shape, activePes, glbMb, processingMs }) => {
        const cycles = Math.max(macsOf(shape) / activePes, (glbMb * 2 ** 20) / BYTES_A_CYCLE);
        return {
          layer: name,
          figures: [{ quantity: 'time, ms', published: processingMs, modelled: cycles / CYCLES_A_MS }],
        };
      }),
    }),
  );
}
