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
import { verifyInputs } from './identity/given-inputs.js';
import type { EvaluationContext } from './evaluation-context.js';
import { seedOf } from './identity/identity.js';
import { identify, locate } from './identity/inputs.js';
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

  // 3 Create the accelerator. Ask it whether it can run all of them, and whether its options suit them.
  const model = context.registry.resolve('accelerator', point.accelerator.use);
  const culprit: Culprit = { plugin: model.plugin.name, contribution: model.id };
  const paths = { registry: context.registry, inputs: context.contents.inputs };
  await verifyInputs('accelerator', point.accelerator, context);
  const accelerator = await createAccelerator(border, model, locate('accelerator', point.accelerator, paths));
  refuseUnsupported(culprit, accelerator, workloads);
  await accelerator.check?.(workloads);

  // 4 Price its hardware.
  const components = await accelerator.components();
  const { prices, sources } = context.hardwarePricer.price(components, model);

  // 5 Run. 6 Price the actions, refuse results that cannot be, and add up.
  const seed = seedOf(identify(point, paths), platform);
  const given = { workloads, vectorWork, network: state.network, artifacts: state.artifacts, prices, seed };
  const run = await accelerator.run({ ...given, cache: context.layerCache(model.id), ...watching(point, context) });
  await verifyInputs('accelerator', point.accelerator, context);
  const { cycles, layers } = await border.blame(culprit, 'returning its result', () =>
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
  const metrics = await border.blame(culprit, 'adding up its result', () => {
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
