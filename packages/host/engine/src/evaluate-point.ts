import {
  ArchonError,
  deepFreeze,
  type Diagnostic,
  type EvaluationRecord,
  type LayerRecord,
  type Point,
  type StageProgress,
  type Workload,
} from '@archon-dse/core';
import { createAccelerator, type GuardedAccelerator } from './border/accelerator-calls.js';
import type { EvaluationContext } from './evaluation-context.js';
import { withInputs } from './identity/given-inputs.js';
import { prepareNetwork } from './prepare-network.js';
import { checkReported, mergeMetrics } from './reported-metrics.js';
import { copyProgress } from './stage-event.js';
import { notCosted } from './not-costed.js';
import { withPrecisions } from './price/layer-precision.js';
import { priceArea, priceRun, sum } from './price/price-run.js';
import type { Culprit } from './border/plugin-call.js';

/** The part of a record that is computed from the point. */
export type Evaluation = Pick<EvaluationRecord, 'metrics' | 'layers' | 'notCosted' | 'budgets'> & {
  readonly prices: Readonly<Record<string, string>>;
};

/**
 * Evaluates one point. Start reading the engine here.
 *
 * ```text
 * point -> network -> stages -> workloads -> accelerator.run -> action counts x prices -> metrics
 *   |                               |              ^
 *   +-> accelerator                 +- supports?   +- components -> ERT, ART
 * ```
 *
 * The result depends on the point and the plugins alone. Plugin code runs inside {@link Border.blame}, so an error names its plugin;
 * options are frozen, so a plugin that changes them fails instead of changing the record.
 *
 * @throws ArchonError for anything that goes wrong
 */
export function evaluatePoint(point: Point, context: EvaluationContext): Promise<Evaluation> {
  return context.platform.task(() => evaluate(point, context));
}

async function evaluate(point: Point, context: EvaluationContext): Promise<Evaluation> {
  const { border, platform } = context;
  deepFreeze(point);

  // 1 Build the network and apply the stages. 2 Lower it to workloads: shapes, multiply-accumulates, parameters.
  const { state, workloads, vectorWork, description } = await prepareNetwork(point, context);

  // 3 Create the accelerator. Ask it whether it can run all of them, and whether its options suit them. 4 Price its hardware. 5 Run.
  const given = context.identities.choices.of('accelerator', point.accelerator);
  const { entry: model } = given;
  const culprit: Culprit = { plugin: model.plugin.name, contribution: model.id };
  const { components, prices, sources, run } = await withInputs(given, context, async (options) => {
    const accelerator = createAccelerator(border, model, options);
    refuseUnsupported(culprit, accelerator, workloads);
    if (accelerator.check !== undefined) await accelerator.check(workloads);
    const components = accelerator.components();
    const hardware = context.hardwarePricer.price(components, model);
    const seed = context.identities.seedOf(point);
    const { network, artifacts } = state;
    const input = { workloads, vectorWork, network, artifacts, prices: hardware.prices, seed };
    const run = await accelerator.run({
      ...input,
      cache: context.layerResults.of(point, state),
      ...watching(point, context),
    });
    return { ...hardware, components, run };
  });

  // 6 Price the actions, refuse results that cannot be, and add up.
  const { cycles, layers } = border.blameSync(culprit, 'returning its result', () =>
    priceRun(run, { workloads, vectorWork, components, prices }, context.actionPricer, platform.show),
  );
  const energyPj = sum(layers.map((layer) => layer.energyPj));
  const ofEngine = {
    cycles,
    energyPj,
    areaUm2: priceArea(components, prices),
    edpPjCycles: energyPj * cycles,
    macs: description.macs,
    parameters: description.parameters,
    utilization: meanUtilization(layers),
    ...(description.batch === undefined ? {} : { batch: description.batch }),
  };
  const metrics = border.blameSync(culprit, 'adding up its result', () => {
    const { metrics: measured = {} } = run;
    checkReported(measured, {}, model, platform);
    return mergeMetrics(ofEngine, state.metrics, measured);
  });
  return {
    metrics,
    layers: withPrecisions(layers, workloads),
    ...notCosted(vectorWork, layers),
    prices: sources,
    ...(state.budgets === undefined ? {} : { budgets: state.budgets }),
  };
}

/** What a run may need that takes long: whether to stop, and who hears how far it has got. */
function watching(point: Point, { signal, resources: { onStage } }: EvaluationContext) {
  const event = { network: point.network.use, stage: point.accelerator.use };
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(onStage === undefined
      ? {}
      : { onProgress: (progress: StageProgress) => onStage({ ...event, progress: copyProgress(progress) }) }),
  };
}

/** Collects every refusal before it fails, so that a user sees all layers an accelerator cannot run at once. */
function refuseUnsupported(culprit: Culprit, accelerator: GuardedAccelerator, workloads: readonly Workload[]): void {
  const refusals = workloads.flatMap((workload): Diagnostic[] => {
    const support = accelerator.supports(workload);
    if (support.ok) return [];
    return [
      {
        code: 'ARCHON_WORKLOAD_UNSUPPORTED',
        message: `${culprit.contribution ?? ''} cannot run layer "${workload.name}": ${support.reason}`,
        expected: 'a network whose layers the accelerator supports',
        plugin: culprit.plugin,
        layer: workload.name,
      },
    ];
  });
  const [first, ...rest] = refusals;
  if (first !== undefined) throw new ArchonError(first, ...rest);
}

/** Mean over layers weighted by their cycles; 0 when nothing took a cycle. */
function meanUtilization(layers: readonly LayerRecord[]): number {
  const cycles = sum(layers.map((layer) => layer.cycles));
  return cycles === 0 ? 0 : sum(layers.map((layer) => layer.utilization * layer.cycles)) / cycles;
}
