import { LOGIC_RATIOS, SRAM_RATIOS } from './data/node-ratios.js';

/** Nodes with an SRAM grid of their own. */
export type GridNode = 65 | 45 | 32 | 22;

/** Every node that can be priced, in nm. */
export type Node = keyof typeof LOGIC_RATIOS;

/** The nodes as the `technology` attribute spells them, coarsest first. */
export const TECHNOLOGIES: readonly string[] = Object.keys(LOGIC_RATIOS)
  .sort((a, b) => Number(b) - Number(a))
  .map((node) => `${node}nm`);

/** The node of a validated `technology`, e.g. 45 of `45nm`. */
export function nodeOf(technology: string): Node {
  return Number.parseInt(technology, 10) as Node;
}

/** Whether SRAM at a node is scaled from 45 nm instead of looked up. */
export function isScaledSram(node: Node): node is keyof typeof SRAM_RATIOS {
  return node in SRAM_RATIOS;
}
