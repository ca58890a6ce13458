import { fail } from '@archon-dse/core';
import { notedIds, openStore, readSweepNote } from '@archon-dse/store';
import { inCwd, type Context } from '../context.js';
import { layersTable, pointsTable } from '../export/export-table.js';
import { csvParts, jsonArray, jsonLines, parquetParts, rowObjects } from '../export/formats.js';
import { writeOut } from '../export/write-out.js';

export interface ExportFlags {
  readonly format: 'csv' | 'json' | 'jsonl' | 'parquet';
  readonly what: 'points' | 'layers';
  readonly out?: string;
}

/** `archon export DIR`: the points of a sweep, or their layers, for other programs. */
export function exportSweep(context: Context, folder: string, { format, what, out }: ExportFlags): void {
  if (format === 'parquet' && out === undefined) {
    fail({ code: 'ARCHON_USAGE', message: 'Parquet is not for a terminal', expected: '--out FILE' });
  }
  const outDir = inCwd(context, folder);
  const note = readSweepNote(outDir);
  const { sweep } = note;
  const ids = [...notedIds(note)];
  const store = openStore(outDir);
  try {
    const table = () => (what === 'points' ? pointsTable(store, ids, sweep) : layersTable(store, ids));
    const values = (): Iterable<unknown> => (what === 'points' ? store.records(ids) : rowObjects(table()));
    const parts = {
      csv: () => csvParts(table()),
      json: () => jsonArray(values()),
      jsonl: () => jsonLines(values()),
      parquet: () => parquetParts(table()),
    }[format]();
    if (out !== undefined) {
      writeOut(inCwd(context, out), parts);
      context.output.info(`written to ${out}`);
    } else for (const part of parts) context.output.data(String(part));
  } finally {
    store.close();
  }
}
