import { defineComponent, type ComponentContribution, type ComponentMeta } from '@archon-dse/core';
import * as attribute from './attribute-schemas.js';
import { multiplies, priceLogic, withAccess } from './component-price.js';
import type { DramType } from './data/dram.js';
import { priceDram } from './dram.js';
import * as logic from './logic.js';
import { withAddressGenerators } from './smartbuffer.js';
import { priceSram } from './sram.js';
import { nodeOf } from './technology.js';

const { technology, depthWords, widthBits, sramWidthBits, banks, ports, dataBits, latencyNs, dramType } = attribute;

const STORAGE_ACTIONS = {
  read: 'read one word',
  write: 'write one word',
  idle: 'one cycle without access',
  access: 'the larger of read and write: the one price Timeloop charges for every access',
} as const;
const SRAM_ACTIONS = {
  ...STORAGE_ACTIONS,
  readOneBank: 'read fresh data with the address of one bank changing',
  writeOneBank: 'write fresh data with the address of one bank changing',
} as const;
const idle = 'one cycle without work';

/** Where the laws of the logic units come from. */
const ALADDIN = 'Aladdin anchors, Accelergy plug-in (c33fe70)';
const CACTI = 'CACTI 7 (1ffd8df)';

/** Every built-in component class: its attributes, its actions and how it is priced. */
export const BUILT_IN_CLASSES: readonly ComponentContribution[] = [
  defineComponent({
    name: 'sram',
    title: 'SRAM',
    description: 'SRAM, plain RAM with low-standby-power devices.',
    source: CACTI,
    attributes: { depthWords, widthBits: sramWidthBits, banks, ports: ports(1), technology },
    actions: SRAM_ACTIONS,
    price: (size) => priceSram(size, nodeOf(size.technology)),
  }),
  defineComponent({
    name: 'smartbuffer_SRAM',
    title: 'SRAM buffer',
    description: 'SRAM with two address generators.',
    source: `${CACTI}; ${ALADDIN}`,
    attributes: { depthWords, widthBits: sramWidthBits, banks, ports: ports(2), technology },
    actions: SRAM_ACTIONS,
    price: (size) => {
      const node = nodeOf(size.technology);
      return withAddressGenerators(priceSram(size, node), node);
    },
  }),
  defineComponent({
    name: 'regfile',
    title: 'Register file',
    description: 'Register file with an address comparator per word; its area counts one word of storage.',
    source: ALADDIN,
    attributes: { depthWords, widthBits, latencyNs, technology },
    actions: STORAGE_ACTIONS,
    price: (size) => withAccess(priceLogic(logic.registerFileFigures(size), nodeOf(size.technology))),
  }),
  defineComponent({
    name: 'smartbuffer_RF',
    title: 'Register file buffer',
    description: 'Register file with two address generators.',
    source: ALADDIN,
    attributes: { depthWords, widthBits, technology },
    actions: STORAGE_ACTIONS,
    price: (size) => {
      const node = nodeOf(size.technology);
      const file = priceLogic(logic.registerFileFigures({ ...size, latencyNs: latencyNs.default }), node);
      return withAddressGenerators(withAccess(file), node);
    },
  }),
  defineComponent({
    name: 'intmac',
    title: 'Integer MAC',
    description: 'Integer multiplier and adder.',
    source: ALADDIN,
    attributes: { dataBits, latencyNs, technology },
    actions: {
      compute: 'multiply fresh operands and add',
      reused: 'the same with one operand unchanged',
      gated: 'add with the multiplier gated',
      idle,
      accumulate: 'the addition of a MAC whose multiplication is counted in bit products',
      bitProduct: 'one bit by one bit: a multiplication of operands of a and b bits has a x b of them',
    },
    price: (size) =>
      multiplies(priceLogic(logic.macFigures(size), nodeOf(size.technology)), ['compute', 'reused', 'accumulate']),
  }),
  defineComponent({
    name: 'intadder',
    title: 'Integer adder',
    description: 'Integer adder.',
    source: ALADDIN,
    attributes: { dataBits, latencyNs, technology },
    actions: { add: 'one addition', idle },
    price: (size) => priceLogic(logic.adderFigures(size), nodeOf(size.technology)),
  }),
  defineComponent({
    name: 'intmultiplier',
    title: 'Integer multiplier',
    description: 'Integer multiplier.',
    source: ALADDIN,
    attributes: { dataBits, latencyNs, technology },
    actions: {
      multiply: 'multiply fresh operands',
      reused: 'the same with one operand unchanged',
      gated: 'one gated cycle',
      idle,
    },
    price: (size) =>
      multiplies(priceLogic(logic.multiplierFigures(size), nodeOf(size.technology)), ['multiply', 'reused']),
  }),
  defineComponent({
    name: 'comparator',
    title: 'Comparator',
    description: 'Comparator.',
    source: ALADDIN,
    attributes: { dataBits, latencyNs, technology },
    actions: { compare: 'one comparison', idle },
    price: (size) => priceLogic(logic.comparatorFigures(size), nodeOf(size.technology)),
  }),
  defineComponent({
    name: 'counter',
    title: 'Counter',
    description: 'Counter.',
    source: ALADDIN,
    attributes: { dataBits, latencyNs, technology },
    actions: { count: 'one count', idle },
    price: (size) => priceLogic(logic.counterFigures(size), nodeOf(size.technology)),
  }),
  defineComponent({
    name: 'bitwise',
    title: 'Bitwise logic',
    description: 'AND, mux or decoder; one price whatever its width.',
    source: ALADDIN,
    attributes: {
      dataBits: { ...dataBits, description: 'Width of the data; without effect.', default: 1 },
      latencyNs,
      technology,
    },
    actions: { op: 'one operation', idle },
    price: (size) => priceLogic(logic.bitwiseFigures(size), nodeOf(size.technology)),
  }),
  defineComponent({
    name: 'fifo',
    title: 'FIFO',
    description: 'FIFO; energy and area count one word of storage.',
    source: ALADDIN,
    attributes: { dataBits, depth: { ...depthWords, description: 'Entries.', unit: 'words' }, latencyNs, technology },
    actions: { access: 'push or pop one word', idle },
    price: (size) => priceLogic(logic.fifoFigures(size), nodeOf(size.technology)),
  }),
  defineComponent({
    name: 'register',
    title: 'Register',
    description: 'Register.',
    source: ALADDIN,
    attributes: { dataBits, latencyNs, technology },
    actions: { access: 'clock in one word', idle },
    price: (size) => priceLogic(logic.registerFigures(size), nodeOf(size.technology)),
  }),
  defineComponent({
    name: 'dram',
    title: 'DRAM channel',
    description: 'DRAM channel.',
    source: 'Accelergy CACTI plug-in (5b6993e)',
    attributes: { type: dramType, widthBits },
    actions: STORAGE_ACTIONS,
    price: (channel) => priceDram(channel.type as DramType, channel.widthBits),
  }),
];

/** The built-in component classes with their attributes and actions, as plain JSON. */
export const COMPONENT_CLASSES: readonly ComponentMeta[] = BUILT_IN_CLASSES.map(({ meta }) => meta);
