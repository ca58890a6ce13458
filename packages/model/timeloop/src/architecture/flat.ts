import { Attributes, attributesOf } from '../expression/attributes.js';
import type { Field } from '../input/field.js';
import type { Notes } from '../input/notes.js';
import type { Component, Listing } from './component.js';
import { rowsOf } from './storage.js';
import { meshOf } from './tree.js';

/**
 * Reads `arithmetic` and a list of `storage`, innermost first, as Timeloop had them before trees. Such a storage has no class: its
 * `technology` says whether it is a DRAM, else it is an SRAM.
 */
export function readFlat(field: Field, variables: Attributes, notes: Notes): Listing {
  field.only(['version', 'arithmetic', 'storage']);
  const levels = field
    .need('storage')
    .items()
    .map((entry) => storageOf(entry, variables, notes));
  const arithmetic = field.need('arithmetic');
  const attributes = new Attributes(attributesOf(arithmetic), variables);
  const compute = {
    name: attributes.value('name')?.toString() ?? 'MAC',
    className: 'intmac',
    role: 'compute' as const,
    attributes,
    field: arithmetic,
    ...meshOf(arithmetic, attributes, instancesOf(attributes)),
  };
  if (levels.length === 0) field.need('storage').fail('storage is empty', { expected: 'one level or more' });
  return { storage: levels.reverse(), compute, others: [] };
}

/** Smallest SRAM that can be built, in bits; what is smaller is a register file. */
const LEAST_SRAM_BITS = 512;

function storageOf(field: Field, variables: Attributes, notes: Notes): Component {
  const given = attributesOf(field);
  const name = field.need('name').text();
  const own = new Map([...given].filter(([key]) => key !== 'name' && key !== 'technology'));
  const size = rowsOf(new Attributes(own, variables));
  const isSmall = size.widthBits * (size.depthWords ?? Infinity) < LEAST_SRAM_BITS;
  const className = given.get('technology')?.text() === 'DRAM' ? 'DRAM' : isSmall ? 'regfile' : 'SRAM';
  notes.add(
    `${name} has no class: where no table has its energy or area, it is priced as ${className}`,
    field.location,
  );
  const attributes = new Attributes(own, variables);
  return {
    name,
    className,
    role: 'storage',
    attributes,
    field,
    ...meshOf(field, attributes, instancesOf(attributes)),
  };
}

function instancesOf(attributes: Attributes): number {
  const [x, y] = [attributes.integer('meshX'), attributes.integer('meshY')];
  return attributes.integer('instances') ?? (x ?? 1) * (y ?? 1);
}
