import type { AttributeSchema } from '@archon-dse/core';
import { DRAM_PJ_PER_BIT } from './data/dram.js';
import { TECHNOLOGIES } from './technology.js';

/** Attributes that several classes share. */

export const technology = {
  type: 'string',
  description: 'Process node. 65, 45, 32 and 22 nm SRAM have their own grid; the rest is scaled from 45 nm.',
  default: '45nm',
  enum: TECHNOLOGIES,
} as const satisfies AttributeSchema;

export const depthWords = {
  type: 'integer',
  description: 'Words of the storage.',
  unit: 'words',
  minimum: 1,
} as const satisfies AttributeSchema;

export const sramWidthBits = {
  type: 'integer',
  description: 'Width of a word; an access moves a whole word. CACTI reads whole bytes.',
  unit: 'bit',
  minimum: 8,
  multipleOf: 8,
} as const satisfies AttributeSchema;

export const widthBits = {
  type: 'integer',
  description: 'Width of a word; an access moves a whole word.',
  unit: 'bit',
  minimum: 1,
} as const satisfies AttributeSchema;

export const banks = {
  type: 'integer',
  description: 'Banks; built rounded up to a power of two.',
  default: 1,
  minimum: 1,
} as const satisfies AttributeSchema;

/** Ports of a class with its default. */
export const ports = <D extends number>(byDefault: D) =>
  ({
    type: 'integer',
    description: 'Read/write ports.',
    default: byDefault,
    minimum: 1,
  }) as const satisfies AttributeSchema;

export const dataBits = {
  type: 'integer',
  description: 'Width of the data.',
  unit: 'bit',
  minimum: 1,
} as const satisfies AttributeSchema;

export const latencyNs = {
  type: 'number',
  description: 'Time for one action. Whole ns, rounded up; 7 to 10 ns price as 6 ns and more than 10 ns as 10 ns.',
  unit: 'ns',
  default: 5,
  exclusiveMinimum: 0,
} as const satisfies AttributeSchema;

export const dramType = {
  type: 'string',
  description: 'DRAM family.',
  default: 'LPDDR4',
  enum: Object.keys(DRAM_PJ_PER_BIT),
} as const satisfies AttributeSchema;
