import {
  RECORD_SCHEMA_VERSION,
  type Diagnostic,
  type EvaluationRecord,
  type Point,
  type Registry,
} from '@archon-dse/core';
import { mergeDiagnostics } from './border/border.js';
import { evaluatePoint } from './evaluate-point.js';
import type { Basis, EvaluationContext } from './evaluation-context.js';
import { pluginsOf, seedOf } from './identity/identity.js';
import { identify, inputOf, type Inputs } from './identity/inputs.js';
import { namedPaths } from './identity/named-paths.js';
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
    const provenance = { ...provenanceOf(job.point, context), prices };
    return { record: { ...headOf(job), status: 'ok', ...result, provenance } };
  } catch (error) {
    const diagnostics = context.border.diagnosticsOf(error);
    if (diagnostics === undefined) throw error;
    const [{ stack }] = diagnostics;
    const record = failedRecord(job, context, mergeDiagnostics(diagnostics));
    return { record, ...(stack === undefined ? {} : { stack }) };
  }
}

/** The record of a point that has no result. */
export function failedRecord(job: Job, basis: Basis, error: Diagnostic): TimelessRecord {
  const provenance = { ...provenanceOf(job.point, basis), prices: {} };
  return { ...headOf(job), status: 'failed', metrics: {}, layers: [], provenance, error };
}

function headOf({
  id,
  point,
  refines,
}: Job): Pick<EvaluationRecord, 'schemaVersion' | 'pointId' | 'point' | 'refines'> {
  return { schemaVersion: RECORD_SCHEMA_VERSION, pointId: id, point, ...(refines === undefined ? {} : { refines }) };
}

function provenanceOf(point: Point, basis: Basis): Omit<EvaluationRecord['provenance'], 'prices'> {
  const { registry, contents, platform } = basis;
  const { inputs, code } = contents;
  const plugins = pluginsOf(point, basis).map(({ name, version, apiVersion }) => ({
    ...{ name, version, apiVersion },
    ...(code.plugins[name] === undefined ? {} : { code: code.plugins[name] }),
  }));
  const files = filesOf(point, registry, inputs);
  return {
    ...{ plugins, engine: platform.program },
    ...(code.engine === '' ? {} : { engineCode: code.engine }),
    seed: seedOf(identify(point, { registry, inputs }), platform),
    ...(files.length === 0 ? {} : { files }),
  };
}

/** What the paths of a point led to, in the order of network, stages and accelerator. */
function filesOf({ network, stages, accelerator }: Point, registry: Registry, inputs: Inputs) {
  const choices = { network: [network], stage: stages, accelerator: [accelerator] };
  return namedPaths(choices, registry).map(({ kind, index, option, text, path }) => ({
    option: `${kind === 'stage' ? `stages[${String(index)}]` : kind}.options.${option}`,
    sha256: inputOf(text, path, inputs).sha256,
  }));
}
