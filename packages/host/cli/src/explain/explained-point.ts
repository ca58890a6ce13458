import { didYouMean, fail, type EvaluationRecord, type Point, type Registry } from '@archon-dse/core';
import { explainPoint, NO_CONTENTS, type PointExplanation } from '@archon-dse/engine';
import { digestInputs, documentReader, nodeContext } from '@archon-dse/runner';
import { openStore, readSweepNote, type RecordStore } from '@archon-dse/store';
import { inCwd, type Context } from '../context.js';
import { loadNamed } from '../host.js';
import { locatingDocuments } from '../options/document-places.js';
import { simulatedPoint, type PointFlags } from '../network/simulated-point.js';

export interface ExplainedPointFlags extends Omit<PointFlags, 'accelerator'> {
  readonly accelerator?: string;
  readonly plugin: readonly string[];
  /** Id of a point of a sweep, or how it begins. */
  readonly point?: string;
}

/** What is explained of a point: from its record alone, the accelerator is not asked. */
export interface ExplainedPoint {
  readonly point: Point;
  readonly explanation: Pick<PointExplanation, 'refusals' | 'explanations'> & {
    readonly evaluation?: Pick<EvaluationRecord, 'layers'>;
  };
}

/** The point that flags stand for: one of the folder of a sweep, or one by the names of its network and accelerator. */
export async function explainedPoint(
  context: Context,
  folder: string | undefined,
  flags: ExplainedPointFlags,
): Promise<ExplainedPoint> {
  if (folder === undefined) {
    const { accelerator = missing('--accelerator with its name, or the folder of a sweep and --point') } = flags;
    const { registry } = await loadNamed(context, flags.plugin);
    const point = await simulatedPoint(context, { ...flags, accelerator }, registry);
    const { meta } = registry.resolve('accelerator', point.accelerator.use).contribution;
    const given = { meta, set: flags.set, read: documentReader(context.cwd) };
    return { point, explanation: await locatingDocuments(given, () => ask(context, point, registry)) };
  }
  const outDir = inCwd(context, folder);
  const { plugins } = readSweepNote(outDir).sweep;
  const store = openStore(outDir);
  const record = findPoint(store, flags.point ?? missing('--point with the id of a point of the sweep'));
  const { point, layers } = record;
  // Stages may train: what they left is in the record.
  if (record.status === 'ok' && point.stages.length > 0) {
    return { point, explanation: { refusals: [], explanations: [], evaluation: { layers } } };
  }
  const { registry } = await loadNamed(context, [...plugins, ...flags.plugin]);
  return { point, explanation: await ask(context, point, registry) };
}

async function ask(context: Context, point: Point, registry: Registry): Promise<PointExplanation> {
  const files = { network: [point.network], stage: point.stages, accelerator: [point.accelerator] };
  const contents = { ...NO_CONTENTS, inputs: await digestInputs(files, registry, context.cwd) };
  return explainPoint(point, nodeContext(registry, { contents }));
}

/** @throws ArchonError ARCHON_USAGE unless exactly one point has an id that begins like this */
function findPoint(store: RecordStore, id: string): EvaluationRecord {
  const ids = [...store.ids()];
  const found = ids.filter((pointId) => pointId.startsWith(id));
  const [only = '', another] = found;
  const record = another === undefined ? store.record(only) : undefined;
  if (record !== undefined) return record;
  const hint = found.length === 0 ? didYouMean(id, ids) : undefined;
  return fail({
    code: 'ARCHON_USAGE',
    message:
      found.length === 0 ? `no point "${id}" in this folder` : `${String(found.length)} points begin with "${id}"`,
    expected: 'the id of one point, as in pareto.csv and the report',
    ...(hint === undefined ? {} : { hint }),
  });
}

function missing(expected: string): never {
  return fail({ code: 'ARCHON_USAGE', message: 'nothing to explain', expected });
}
