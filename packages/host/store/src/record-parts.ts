import type { EvaluationRecord, RecordHead } from '@archon-dse/core';

/** What the line of a record says of it. */
const IN_LINE = ['pointId', 'status', 'metrics', 'refines', 'error'] as const;

export type SaidOfRecord = Pick<EvaluationRecord, (typeof IN_LINE)[number]>;

/** What a block holds of a record beside its layers. */
export type RecordBody = Omit<EvaluationRecord, (typeof IN_LINE)[number] | 'layers'>;

const NOT_IN_BODY = new Set<string>([...IN_LINE, 'layers']);
const LAYERS = new Set(['layers']);

export function bodyOf(record: EvaluationRecord): RecordBody {
  return without(record, NOT_IN_BODY) as RecordBody;
}

export function headOf(record: EvaluationRecord): RecordHead {
  return without(record, LAYERS) as RecordHead;
}

function without(record: EvaluationRecord, names: ReadonlySet<string>): object {
  const rest: Record<string, unknown> = {};
  for (const name of Object.keys(record)) if (!names.has(name)) rest[name] = record[name as keyof EvaluationRecord];
  return rest;
}
