import {
  RECORD_SCHEMA_VERSION,
  type Diagnostic,
  type EvaluationRecord,
  type Point,
  type Registry,
} from '@archon-dse/core';
import { evaluatePoint } from './evaluate-point.js';
import type { EvaluationContext } from './evaluation-context.js';
import type { Job } from './expand.js';
import { ENGINE, pluginsOf, seedOf } from './identity.js';
import { diagnosticsOf, mergeDiagnostics } from './thrown.js';

type Timing = EvaluationRecord['timing'];

/** The record of a job; where its plugin threw, for people. */
export interface JobOutcome {
  readonly record: EvaluationRecord;
  readonly stack?: string;
}

/** Evaluates a job into the record that goes to the journal; a point that fails becomes a record too. */
export async function recordJob(job: Job, context: EvaluationContext, worker: number): Promise<JobOutcome> {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const timing = (): Timing => ({ startedAt, wallMs: Math.round(performance.now() - start), worker });
  try {
    const { prices, ...result } = await evaluatePoint(job.point, context);
    const provenance = { ...provenanceOf(job.point, context.registry), prices };
    return { record: { ...headOf(job), status: 'ok', ...result, provenance, timing: timing() } };
  } catch (error) {
    const diagnostics = diagnosticsOf(error);
    if (diagnostics === undefined) throw error;
    const [{ stack }] = diagnostics;
    const record = failedRecord(job, context.registry, mergeDiagnostics(diagnostics), timing());
    return { record, ...(stack === undefined ? {} : { stack }) };
  }
}

/** The record of a point that has no result. */
export function failedRecord(job: Job, registry: Registry, error: Diagnostic, timing: Timing): EvaluationRecord {
  const provenance = { ...provenanceOf(job.point, registry), prices: {} };
  return { ...headOf(job), status: 'failed', metrics: {}, layers: [], provenance, error, timing };
}

function headOf({ id, point }: Job): Pick<EvaluationRecord, 'schemaVersion' | 'pointId' | 'point'> {
  return { schemaVersion: RECORD_SCHEMA_VERSION, pointId: id, point };
}

function provenanceOf(point: Point, registry: Registry): Omit<EvaluationRecord['provenance'], 'prices'> {
  const plugins = pluginsOf(point, registry).map(({ name, version, apiVersion }) => ({ name, version, apiVersion }));
  return { plugins, engine: ENGINE, seed: seedOf(point) };
}
