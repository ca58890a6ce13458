import {
  RECORD_SCHEMA_VERSION,
  type Diagnostic,
  type EvaluationRecord,
  type Point,
  type Registry,
} from '@archon-dse/core';
import {
  evaluatePoint,
  identify,
  inputOf,
  namedPaths,
  pluginsOf,
  seedOf,
  type EvaluationContext,
  type Inputs,
  type Job,
} from '@archon-dse/engine';
import { diagnosticsOf, mergeDiagnostics } from '@archon-dse/engine/border';

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
    const provenance = { ...provenanceOf(job.point, context), prices };
    return { record: { ...headOf(job), status: 'ok', ...result, provenance, timing: timing() } };
  } catch (error) {
    const diagnostics = diagnosticsOf(error);
    if (diagnostics === undefined) throw error;
    const [{ stack }] = diagnostics;
    const record = failedRecord(job, context, mergeDiagnostics(diagnostics), timing());
    return { record, ...(stack === undefined ? {} : { stack }) };
  }
}

/** The record of a point that has no result. */
export function failedRecord(job: Job, grounds: Grounds, error: Diagnostic, timing: Timing): EvaluationRecord {
  const provenance = { ...provenanceOf(job.point, grounds), prices: {} };
  return { ...headOf(job), status: 'failed', metrics: {}, layers: [], provenance, error, timing };
}

function headOf({ id, point }: Job): Pick<EvaluationRecord, 'schemaVersion' | 'pointId' | 'point'> {
  return { schemaVersion: RECORD_SCHEMA_VERSION, pointId: id, point };
}

type Grounds = Pick<EvaluationContext, 'registry' | 'contents' | 'platform'>;

function provenanceOf(
  point: Point,
  { registry, contents, platform }: Grounds,
): Omit<EvaluationRecord['provenance'], 'prices'> {
  const { inputs, code } = contents;
  const plugins = pluginsOf(point, registry).map(({ name, version, apiVersion }) => ({
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
