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
import { diagnosticsOf } from './thrown.js';

type Timing = EvaluationRecord['timing'];

/** Evaluates a job into the record that goes to the journal; a point that fails becomes a record too. */
export async function recordJob(job: Job, context: EvaluationContext, worker: number): Promise<EvaluationRecord> {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const timing = (): Timing => ({ startedAt, wallMs: Math.round(performance.now() - start), worker });
  try {
    const { prices, ...result } = await evaluatePoint(job.point, context);
    const provenance = { ...provenanceOf(job.point, context.registry), prices };
    return { ...headOf(job), status: 'ok', ...result, provenance, timing: timing() };
  } catch (error) {
    const diagnostics = diagnosticsOf(error);
    if (diagnostics === undefined) throw error;
    return failedRecord(job, context.registry, merge(diagnostics), timing());
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

/** One diagnostic for several: the first, with the messages of all. */
function merge(diagnostics: readonly [Diagnostic, ...Diagnostic[]]): Diagnostic {
  return { ...diagnostics[0], message: diagnostics.map(({ message }) => message).join('\n') };
}
