import { RECORD_SCHEMA_VERSION, type Diagnostic, type EvaluationRecord } from '@archon-dse/core';
import { mergeDiagnostics } from './border/border.js';
import { evaluatePoint } from './evaluate-point.js';
import type { EvaluationContext } from './evaluation-context.js';
import type { Identities } from './identity/identities.js';
import type { Job } from './job.js';

/** A record without what differs between two evaluations of the same point. */
export type TimelessRecord = Omit<EvaluationRecord, 'timing'>;

/** The record of a point; where its plugin threw, for people. */
export interface PointOutcome {
  readonly record: TimelessRecord;
  readonly stack?: string;
}

/** Evaluates a job into its record; a point that fails becomes a record too. */
export async function recordPoint(job: Job, context: EvaluationContext): Promise<PointOutcome> {
  try {
    const { prices, ...result } = await evaluatePoint(job.point, context);
    const provenance = { ...context.identities.provenanceOf(job.point), prices };
    return { record: { ...headOf(job), status: 'ok', ...result, provenance } };
  } catch (error) {
    const diagnostics = context.border.diagnosticsOf(error);
    if (diagnostics === undefined) throw error;
    const [{ stack }] = diagnostics;
    const record = failedRecord(job, context.identities, mergeDiagnostics(diagnostics));
    return { record, ...(stack === undefined ? {} : { stack }) };
  }
}

/** The record of a point that has no result. */
export function failedRecord(job: Job, identities: Identities, error: Diagnostic): TimelessRecord {
  const provenance = { ...identities.provenanceOf(job.point), prices: {} };
  return { ...headOf(job), status: 'failed', metrics: {}, layers: [], provenance, error };
}

function headOf({
  id,
  point,
  refines,
}: Job): Pick<EvaluationRecord, 'schemaVersion' | 'pointId' | 'point' | 'refines'> {
  return { schemaVersion: RECORD_SCHEMA_VERSION, pointId: id, point, ...(refines === undefined ? {} : { refines }) };
}
