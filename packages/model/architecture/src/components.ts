import type { Component } from '@archon-dse/core';
import { attributesOf } from './class-attributes.js';
import { instancesOf, sizeOf } from './level-size.js';
import type { ArchitectureDocument } from './schema.js';

/** The component that the MACs are. */
export const MAC = 'mac';

/** The hardware of an architecture, for pricing and for the area: its levels by their names, levels of one room by its name, and the MACs. */
export function componentsOf(document: ArchitectureDocument): readonly Component[] {
  const { levels, mac, technology, wordBits } = document;
  const instances = instancesOf(document);
  const stores = levels.flatMap((level, index): readonly Component[] => {
    const { name, room = name, class: kind, attributes, macros } = level;
    if (kind === undefined) return []; // holds nothing, or is part of a room that another level prices
    const given = attributesOf(kind, technology, sizeOf(level, document), attributes);
    return [{ name: room, class: kind, attributes: given, instances: (instances[index] ?? 1) * macros }];
  });
  const word = { wordBits, rowBits: wordBits, rowWords: 1 };
  const attributes = attributesOf(mac.class, technology, word, mac.attributes);
  return [...stores, { name: MAC, class: mac.class, attributes, instances: instances.at(-1) ?? 1 }];
}
