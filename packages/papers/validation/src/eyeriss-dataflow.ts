import type { ComparedFigure, Comparison } from './comparison.js';
import {
  CYCLES_A_MS,
  EYERISS_ALEXNET,
  EYERISS_SOURCE,
  EYERISS_VGG16,
  type MeasuredLayer,
} from './data/eyeriss-chip.js';
import { EYERISS_VGG16_INFERRED, type TiledMapping } from './data/eyeriss-limits.js';
import { countPasses, cyclesOf, dramWords, glbWords } from './eyeriss-passes.js';
import { CHIP_CONSTRAINTS, chooseMapping } from './eyeriss-rule.js';

const WORDS_A_MB = 2 ** 19;

/** What the dataflow of the chip does with a layer in one mapping, beside what was measured. */
function figures(layer: MeasuredLayer, mapping: TiledMapping): readonly ComparedFigure[] {
  const counts = countPasses(layer.shape, mapping);
  const ms = cyclesOf(layer.shape, mapping).total / CYCLES_A_MS;
  return [
    { quantity: 'time, ms', published: layer.processingMs, modelled: ms },
    { quantity: 'active PEs', published: layer.activePes, modelled: counts.activePes },
    { quantity: 'global buffer, MB', published: layer.glbMb, modelled: glbWords(counts) / WORDS_A_MB },
    { quantity: 'DRAM, MB', published: layer.dramMb, modelled: dramWords(counts) / WORDS_A_MB },
  ];
}

const PASS_ASSUMPTIONS = [
  'A pass takes q x r channels of p x t filters over a strip of e rows of outputs. Filters of m pass first, then channels, then strips, then ' +
    'the next m filters. Partial sums go back to the global buffer after each pass.',
  'A pass takes the longest of computing, moving partial sums (64 bit a cycle each way) and ifmaps (16 bit a cycle); before it, filters ' +
    '(64 bit a cycle) and the first window of each row come in. These widths are our reading of the chip, not figures of its tables.',
  'All reads and writes of the global buffer count, also those that fill it. The figures of the chip seem to leave those out: without them CONV4 ' +
    'and CONV5 of VGG-16 agree to 0.1 %.',
  'DRAM figures of the chip are of compressed activations, those of the model are not compressed.',
];

const RULE_ASSUMPTIONS = [
  `The mapping is the one of the fewest DRAM words, then the fewest accesses of the global buffer, among those that fit. What must fit: ${CHIP_CONSTRAINTS.map(
    ({ name, why }) => `${name} (${why})`,
  ).join('; ')}.`,
  ...PASS_ASSUMPTIONS,
];

function compared(
  layers: readonly MeasuredLayer[],
  mappingOf: (layer: MeasuredLayer) => TiledMapping | undefined,
): Comparison['layers'] {
  return layers.flatMap((layer) => {
    const mapping = mappingOf(layer);
    return mapping === undefined ? [] : [{ layer: layer.name, figures: figures(layer, mapping) }];
  });
}

/** AlexNet by the constraints of the chip alone. */
function alexNetByRule(): Comparison {
  return {
    title: 'Eyeriss chip, AlexNet, by its own dataflow',
    source: `${EYERISS_SOURCE}, table V`,
    validates:
      'Whether the constraints of the chip and the aim of its dataflow say what it did. Neither the published mappings nor measured accesses ' +
      'are used. The mappings that follow are those of table III for four of five layers. For CONV3 the table has 4 channels a pass, and its ' +
      'column of buffer sizes agrees, so no digit is misread; but partial sums alone would then be 63.4 MB of the 50.2 MB that were measured. 6 channels a ' +
      'pass, as the constraints have it and as in CONV4 and CONV5, fit the measurement.',
    assumptions: [
      ...RULE_ASSUMPTIONS,
      'What remains: CONV4 and CONV5 have one mapping and 3 to 2 of everything that is counted, but took 16.0 and 10.0 ms, so one of them is ' +
        'off by 3 % or more whatever a pass takes. Draining the array after a pass is not counted. Without what fills the global buffer CONV1 is at 19.7 MB.',
    ],
    layers: compared(EYERISS_ALEXNET, ({ shape }) => chooseMapping(shape)),
  };
}

/** VGG-16 by the constraints of the chip alone. */
function vgg16ByRule(): Comparison {
  return {
    title: 'Eyeriss chip, VGG-16, by its own dataflow',
    source: `${EYERISS_SOURCE}, table VI`,
    validates:
      'The same rule for the network whose mappings were not published. It does not say what the chip did: partial sums moved two to eight times as often as ' +
      'the constraints need, with 1, 1, 2, 4 and 8 channels a pass. Room for the ifmaps of two passes would explain some of these numbers, but ' +
      'table III has room for one; the strips of CONV2 and the filters of CONV4 follow from no order of aims we tried. So they cannot be derived from what was published.',
    assumptions: [
      ...RULE_ASSUMPTIONS,
      'In CONV5 the rule saves accesses with 16 channels a pass, for which the bus of ifmaps is too narrow.',
    ],
    layers: compared(EYERISS_VGG16, ({ shape }) => chooseMapping(shape)),
  };
}

/** VGG-16 in mappings found from what was measured. */
function vgg16Inferred(): Comparison {
  return {
    title: 'Eyeriss chip, VGG-16, in the mappings its accesses point to',
    source: `${EYERISS_SOURCE}, table VI`,
    validates:
      'Time, for mappings of whole numbers that were found from the measured accesses and active PEs: accesses and PEs agree by construction, ' +
      'time does not. All thirteen layers are those of five mappings.',
    assumptions: [
      'Rows of 224 outputs are cut in halves: 16 filters and whole rows would read each input twice as often as was measured.',
      ...PASS_ASSUMPTIONS,
      'What remains of CONV5 is 4 % to 5 % too fast: a pass takes 9,470 cycles, of which 8,064 compute and 960 start up; draining is not counted.',
    ],
    layers: compared(EYERISS_VGG16, ({ shape }) => EYERISS_VGG16_INFERRED[shape.plane]),
  };
}

/** The chip by its own dataflow. */
export function chipDataflow(): readonly Comparison[] {
  return [alexNetByRule(), vgg16ByRule(), vgg16Inferred()];
}
