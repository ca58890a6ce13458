import type { EvaluationRecord, RecordHead } from '@archon-dse/core';

/** Where a report has its records from. */
export interface RecordSource {
  /** One a point, in any order. */
  heads(): Iterable<RecordHead>;
  /** A record with its layers; asked for the points that are shown in detail only. */
  record(id: string): EvaluationRecord | undefined;
}

/** Records that are in memory. Of those with one point id `ok` comes before `failed`, then the smaller text without its timing. */
export function recordsSource(records: Iterable<EvaluationRecord>): RecordSource {
  const byId = new Map<string, EvaluationRecord>();
  for (const record of records) {
    const known = byId.get(record.pointId);
    if (known === undefined || isBetter(record, known)) byId.set(record.pointId, record);
  }
  return { heads: () => byId.values(), record: (id) => byId.get(id) };
}

function isBetter(a: EvaluationRecord, b: EvaluationRecord): boolean {
  const text = (record: EvaluationRecord): string => JSON.stringify({ ...record, timing: undefined });
  return a.status === b.status ? text(a) < text(b) : a.status === 'ok';
}
