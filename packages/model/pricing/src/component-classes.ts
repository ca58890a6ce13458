import * as attribute from './attribute-schemas.js';
import { defineClass, type ComponentClass, type PricedClass } from './component-class.js';
import { priceLogic, withAccess } from './component-price.js';
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

/** Every component class: its attributes, its actions and how it is priced. */
const MODELS: Readonly<Record<string, PricedClass>> = {
  sram: defineClass({
    description: 'SRAM, plain RAM with low-standby-power devices.',
    attributes: { depthWords, widthBits: sramWidthBits, banks, ports: ports(1), technology },
    actions: SRAM_ACTIONS,
    price: (size, component) => priceSram(size, nodeOf(size.technology), component),
  }),
  smartbuffer_SRAM: defineClass({
    description: 'SRAM with two address generators.',
    attributes: { depthWords, widthBits: sramWidthBits, banks, ports: ports(2), technology },
    actions: SRAM_ACTIONS,
    price: (size, component) => {
      const node = nodeOf(size.technology);
      return withAddressGenerators(priceSram(size, node, component), node);
    },
  }),
  regfile: defineClass({
    description: 'Register file with an address comparator per word; its area counts one word of storage.',
    attributes: { depthWords, widthBits, latencyNs, technology },
    actions: STORAGE_ACTIONS,
    price: (size) => withAccess(priceLogic(logic.registerFileFigures(size), nodeOf(size.technology))),
  }),
  smartbuffer_RF: defineClass({
    description: 'Register file with two address generators.',
    attributes: { depthWords, widthBits, technology },
    actions: STORAGE_ACTIONS,
    price: (size) => {
      const node = nodeOf(size.technology);
      const file = priceLogic(logic.registerFileFigures({ ...size, latencyNs: latencyNs.default }), node);
      return withAddressGenerators(withAccess(file), node);
    },
  }),
  intmac: defineClass({
    description: 'Integer multiplier and adder.',
    attributes: { dataBits, latencyNs, technology },
    actions: {
      compute: 'multiply fresh operands and add',
      reused: 'the same with one operand unchanged',
      gated: 'add with the multiplier gated',
      idle,
    },
    price: (size) => priceLogic(logic.macFigures(size), nodeOf(size.technology)),
  }),
  intadder: defineClass({
    description: 'Integer adder.',
    attributes: { dataBits, latencyNs, technology },
    actions: { add: 'one addition', idle },
    price: (size) => priceLogic(logic.adderFigures(size), nodeOf(size.technology)),
  }),
  intmultiplier: defineClass({
    description: 'Integer multiplier.',
    attributes: { dataBits, latencyNs, technology },
    actions: {
      multiply: 'multiply fresh operands',
      reused: 'the same with one operand unchanged',
      gated: 'one gated cycle',
      idle,
    },
    price: (size) => priceLogic(logic.multiplierFigures(size), nodeOf(size.technology)),
  }),
  comparator: defineClass({
    description: 'Comparator.',
    attributes: { dataBits, latencyNs, technology },
    actions: { compare: 'one comparison', idle },
    price: (size) => priceLogic(logic.comparatorFigures(size), nodeOf(size.technology)),
  }),
  counter: defineClass({
    description: 'Counter.',
    attributes: { dataBits, latencyNs, technology },
    actions: { count: 'one count', idle },
    price: (size) => priceLogic(logic.counterFigures(size), nodeOf(size.technology)),
  }),
  bitwise: defineClass({
    description: 'AND, mux or decoder; one price whatever its width.',
    attributes: {
      dataBits: { ...dataBits, description: 'Width of the data; without effect.', default: 1 },
      latencyNs,
      technology,
    },
    actions: { op: 'one operation', idle },
    price: (size) => priceLogic(logic.bitwiseFigures(size), nodeOf(size.technology)),
  }),
  fifo: defineClass({
    description: 'FIFO; energy and area count one word of storage.',
    attributes: { dataBits, depth: { ...depthWords, description: 'Entries.', unit: 'words' }, latencyNs, technology },
    actions: { access: 'push or pop one word', idle },
    price: (size) => priceLogic(logic.fifoFigures(size), nodeOf(size.technology)),
  }),
  register: defineClass({
    description: 'Register.',
    attributes: { dataBits, latencyNs, technology },
    actions: { access: 'clock in one word', idle },
    price: (size) => priceLogic(logic.registerFigures(size), nodeOf(size.technology)),
  }),
  dram: defineClass({
    description: 'DRAM channel.',
    attributes: { type: dramType, widthBits },
    actions: STORAGE_ACTIONS,
    price: (channel) => priceDram(channel.type as DramType, channel.widthBits),
  }),
};

/** The models by class name. */
export const CLASSES: ReadonlyMap<string, PricedClass> = new Map(Object.entries(MODELS));

/** The component classes with their attributes and actions, as plain JSON. */
export const COMPONENT_CLASSES: readonly ComponentClass[] = Object.entries(MODELS).map(
  ([name, { description, attributes, actions }]) => ({ name, description, attributes, actions }),
);
