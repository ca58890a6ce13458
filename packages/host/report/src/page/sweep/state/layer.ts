import { LEVEL_SEPARATOR, type LayerExecution } from '@archon-dse/core';
import { LAYER_FIELDS, type PageData } from '../../../render/page-data.js';

export interface Layer {
  readonly name: string;
  readonly block: string;
  readonly role: string;
  readonly phase: string;
  readonly mapping: string;
  /** What each level of the mapping holds; empty where the record does not tell. */
  readonly tiles: string;
  readonly notes: string;
  readonly macs: number;
  readonly cycles: number;
  readonly energyPj: number;
  readonly utilization: number;
  readonly energyByComponentPj: Readonly<Record<string, number>>;
  /** What executing it found, where it was executed. */
  readonly execution?: LayerExecution;
}

/** A layer as it was packed. */
export function unpackLayer(
  { strings, components, mappings, rows }: PageData['layers'],
  index: number,
  execution: LayerExecution | undefined,
): Layer {
  const row = rows[index] ?? [];
  const text = (field: number): string => strings[row[field] ?? -1] ?? '';
  const levels = (field: number): string =>
    (mappings[row[field] ?? -1] ?? []).map((level) => strings[level] ?? '').join(LEVEL_SEPARATOR);
  return {
    name: text(0),
    block: text(1),
    role: text(2),
    phase: text(3),
    mapping: levels(4),
    tiles: levels(10),
    notes: text(5),
    macs: row[6] ?? 0,
    cycles: row[7] ?? 0,
    energyPj: row[8] ?? 0,
    utilization: row[9] ?? 0,
    ...(execution === undefined ? {} : { execution }),
    energyByComponentPj: Object.fromEntries(components.map((name, i) => [name, row[LAYER_FIELDS + i] ?? 0])),
  };
}
