import type { Diagnostic, EvaluationRecord } from '@archon-dse/core';
import { failedRecord, recordPoint, type EvaluationContext, type Job, type Identities } from '@archon-dse/engine';
import { portablePlace } from '../plugins/places/error-place.js';

/** The record of a job; where its plugin threw, for people. */
export interface JobOutcome {
  readonly record: EvaluationRecord;
  readonly stack?: string;
}

/** Evaluates a job into the record that goes to the journal, and measures the time it takes. */
export async function recordJob(job: Job, context: EvaluationContext, worker: number): Promise<JobOutcome> {
  const clock = startClock(worker);
  const { record, ...rest } = await recordPoint(job, context);
  const error = record.error === undefined ? {} : { error: portablePlace(record.error) };
  return { record: { ...record, ...error, timing: clock() }, ...rest };
}

/** The record of a job that is lost. */
export function lostRecord(job: Job, identities: Identities, error: Diagnostic, clock: Clock): JobOutcome {
  return { record: { ...failedRecord(job, identities, portablePlace(error)), timing: clock() } };
}

/** The time since it was started, as a record tells it. */
export type Clock = () => EvaluationRecord['timing'];

export function startClock(worker: number): Clock {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  return () => ({ startedAt, wallMs: Math.round(performance.now() - start), worker });
}
