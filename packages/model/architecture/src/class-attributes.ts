import type { Component } from '@archon-dse/core';
import { COMPONENT_CLASSES } from '@archon-dse/pricing';
import type { LevelSize } from './level-size.js';

/** Whether a built-in component class has an attribute. Classes of plugins get what the file gives them, and nothing else. */
export function takes(kind: string, attribute: string): boolean {
  return COMPONENT_CLASSES.some(({ name, attributes }) => name === kind && Object.hasOwn(attributes, attribute));
}

/** The attributes of a class that has them, as far as an architecture says what they are; those that a file gives go before. */
export function attributesOf(
  kind: string,
  technology: string,
  { rows, rowBits }: LevelSize,
  given: Component['attributes'],
): Component['attributes'] {
  const known = { technology, depthWords: rows, depth: rows, widthBits: rowBits, dataBits: rowBits };
  const derived = Object.entries(known).filter(([name, value]) => value !== undefined && takes(kind, name));
  return { ...(Object.fromEntries(derived) as Component['attributes']), ...given };
}
