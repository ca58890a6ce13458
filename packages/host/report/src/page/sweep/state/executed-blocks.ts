import type { LayerExecution } from '@archon-dse/core';
import type { Layer } from './report.js';

export interface ExecutedLayer extends Layer {
  readonly execution: LayerExecution;
}

/** A block's layers that were executed, and what they took together. */
export interface ExecutedBlock {
  readonly name: string;
  readonly layers: readonly ExecutedLayer[];
  readonly analyticalCycles: number;
  readonly cycles: number;
  /** Cycles in which it did not wait. */
  readonly usefulCycles: number;
  /** Lost cycles by cause; causes that lost none are left out. */
  readonly stalls: ReadonlyMap<string, number>;
}

/** The blocks with executed layers, in network order. */
export function executedBlocks(layers: readonly Layer[]): readonly ExecutedBlock[] {
  const byBlock = new Map<string, ExecutedLayer[]>();
  for (const layer of layers.filter(isExecuted)) byBlock.set(layer.block, [...(byBlock.get(layer.block) ?? []), layer]);
  return [...byBlock].map(([name, own]) => blockOf(name, own));
}

function isExecuted(layer: Layer): layer is ExecutedLayer {
  return layer.execution !== undefined;
}

function blockOf(name: string, layers: readonly ExecutedLayer[]): ExecutedBlock {
  const stalls = new Map<string, number>();
  for (const [cause, lost] of layers.flatMap(({ execution }) => Object.entries(execution.stalls ?? {}))) {
    if (lost > 0) stalls.set(cause, (stalls.get(cause) ?? 0) + lost);
  }
  const cycles = sum(layers.map((layer) => layer.cycles));
  return {
    ...{ name, layers, cycles, stalls },
    analyticalCycles: sum(layers.map(({ execution }) => execution.cyclesAnalytical)),
    // Stalls are means over images, cycles whole.
    usefulCycles: Math.max(0, cycles - sum([...stalls.values()])),
  };
}

/** Whether histograms or maps of it are here. */
export function hasPictures({ execution: { histograms = {}, maps = {} } }: ExecutedLayer): boolean {
  return Object.keys(histograms).length + Object.keys(maps).length > 0;
}

/** The block that is shown first: the first one with pictures, or the first. */
export function firstShown(blocks: readonly ExecutedBlock[]): ExecutedBlock | undefined {
  return blocks.find(({ layers }) => layers.some(hasPictures)) ?? blocks[0];
}

/** All blocks as one. */
export function wholeOf(blocks: readonly ExecutedBlock[]): ExecutedBlock {
  return blockOf(
    '',
    blocks.flatMap(({ layers }) => layers),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
