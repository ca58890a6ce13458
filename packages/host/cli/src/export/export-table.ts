import { metricDeriver, type JsonValue, type LayerRecord, type RecordHead, type Sweep } from '@archon-dse/core';
import { flattenPoint, valueText } from '@archon-dse/report';
import type { RecordStore } from '@archon-dse/store';

export type Cell = string | number | boolean | undefined;

/** One column of an export. Its name ends in the unit where the values have one. */
export interface ExportColumn {
  readonly name: string;
  readonly type: 'number' | 'boolean' | 'string';
}

/** What is exported, row by row; rows are read when they are asked for. */
export interface ExportTable {
  readonly columns: readonly ExportColumn[];
  readonly rows: () => Iterable<readonly Cell[]>;
}

type Row = ReadonlyMap<string, JsonValue | undefined>;

/** The points of a sweep: id, status, metrics (derived ones too) and options. */
export function pointsTable(store: RecordStore, ids: readonly string[], sweep: Sweep): ExportTable {
  const derive = metricDeriver(sweep);
  const units = new Map((sweep.metrics ?? []).map(({ name, unit }) => [name, unit]));
  const named = (metric: string): string => {
    const unit = units.get(metric);
    return unit === undefined ? metric : `${metric} [${unit}]`;
  };
  const rowOf = (head: RecordHead): Row =>
    new Map<string, JsonValue | undefined>([
      ['pointId', head.pointId],
      ['status', head.status],
      ['refines', head.refines],
      ['errorCode', head.error?.code],
      ['errorMessage', head.error?.message],
      ...Object.entries(derive(head).metrics).map(([name, value]) => [named(name), value] as const),
      ...Object.entries(flattenPoint(head.point)),
    ]);
  return tableOf({ pointId: 'string', status: 'string' }, function* () {
    for (const head of store.heads(ids)) yield rowOf(head);
  });
}

/** The layers of all points, each with the id of its point and its place in the network. */
export function layersTable(store: RecordStore, ids: readonly string[]): ExportTable {
  return tableOf({ pointId: 'string', layer: 'number' }, function* () {
    for (const { pointId, layers } of store.records(ids)) {
      for (const [place, layer] of layers.entries()) yield layerRow(pointId, place, layer);
    }
  });
}

function layerRow(pointId: string, place: number, { energyByComponentPj, ...layer }: LayerRecord): Row {
  return new Map<string, JsonValue | undefined>([
    ['pointId', pointId],
    ['layer', place],
    ...Object.entries(layer).map(([name, value]) => [name, plain(value)] as const),
    ...Object.entries(energyByComponentPj).map(([name, pj]) => [`energyPj ${name}`, pj] as const),
  ]);
}

/** What is no single value is written as JSON. */
function plain(value: unknown): JsonValue | undefined {
  if (value === undefined || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value;
  return JSON.stringify(value);
}

/**
 * Reads all rows once for their columns, in the order in which they first come.
 *
 * @param first - columns that are there without a row too
 */
function tableOf(first: Readonly<Record<string, ExportColumn['type']>>, rows: () => Iterable<Row>): ExportTable {
  const types = new Map(Object.entries(first));
  for (const row of rows()) {
    for (const [name, value] of row) {
      if (value === undefined) continue;
      const type =
        typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number' | 'boolean') : 'string';
      types.set(name, (types.get(name) ?? type) === type ? type : 'string');
    }
  }
  const columns = [...types].map(([name, type]) => ({ name, type }));
  const cellOf = (value: JsonValue | undefined, type: ExportColumn['type']): Cell =>
    type !== 'string' || value === undefined ? (value as Cell) : valueText(value);
  return {
    columns,
    *rows() {
      for (const row of rows()) yield columns.map(({ name, type }) => cellOf(row.get(name), type));
    },
  };
}
