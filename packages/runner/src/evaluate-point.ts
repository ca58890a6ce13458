import {
  ArchonError,
  type AcceleratorModel,
  type Diagnostic,
  type EvaluationRecord,
  type LayerRecord,
  type Options,
  type Point,
  type Workload,
} from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { checkRun } from './check-run.js';
import { deepFreeze } from './deep-freeze.js';
import type { EvaluationContext } from './evaluation-context.js';
import { seedOf } from './identity.js';
import { prepareNetwork } from './prepare-network.js';
import { priceArea, priceLayer, priceSources, sum } from './price-run.js';
import { blame, type Culprit } from './thrown.js';

/** The part of a record that is computed from the point. */
export type Evaluation = Pick<EvaluationRecord, 'metrics' | 'layers' | 'budgets'> & {
  readonly prices: Record<string, string>;
};

/**
 * Evaluates one point. Start reading the engine here.
 *
 * ```text
 * point -> network -> stages -> workloads -> accelerator.run -> action counts x prices -> metrics
 *                                   |              ^
 *                                   +- supports?   +- components -> ERT, ART
 * ```
 *
 * The result depends on the point and the plugins alone. Plugin code runs inside {@link blame}, so an error names its plugin;
 * options are frozen, so a plugin that changes them fails instead of changing the record.
 *
 * @throws ArchonError for anything that goes wrong
 */
export async function evaluatePoint(point: Point, context: EvaluationContext): Promise<Evaluation> {
  deepFreeze(point);

  // 1 Build the network and apply the stages. 2 Lower it to workloads: shapes, multiply-accumulates, parameters.
  const { state, workloads, description } = await prepareNetwork(point, context);

  // 3 Ask the accelerator whether it can run all of them.
  const { id, plugin, contribution: model } = context.registry.resolve('accelerator', point.accelerator.use);
  const { options } = point.accelerator;
  const culprit: Culprit = { plugin: plugin.name, contribution: id };
  await refuseUnsupported(culprit, model, workloads, options);

  // 4 Price its hardware.
  const components = await blame(culprit, 'listing its components', () => model.components(options));
  const prices = await blame(culprit, 'pricing its components', () => priceComponents(components));

  // 5 Run, and refuse results that cannot be.
  const input = { workloads, options, prices, cache: context.layerCache(id), seed: seedOf(point) };
  const run = await blame(culprit, 'running the network', () => model.run(input));
  await blame(culprit, 'returning its result', () => checkRun(run, prices));

  // 6 Price the actions and add up.
  const layers = run.layers.map((layer) => priceLayer(layer, prices));
  const energyPj = sum(layers.map((layer) => layer.energyPj));
  const metrics = {
    cycles: run.cycles,
    energyPj,
    areaUm2: priceArea(components, prices),
    edpPjCycles: energyPj * run.cycles,
    macs: description.macs,
    parameters: description.parameters,
    utilization: meanUtilization(layers),
  };
  await blame(culprit, 'adding up its result', () => checkMetrics(metrics, state.metrics));
  return {
    metrics: { ...state.metrics, ...metrics },
    layers,
    prices: priceSources(components, prices),
    ...(state.budgets === undefined ? {} : { budgets: state.budgets }),
  };
}

/** Collects every refusal before it fails, so that a user sees all layers an accelerator cannot run at once. */
async function refuseUnsupported(
  culprit: Culprit,
  model: AcceleratorModel,
  workloads: readonly Workload[],
  options: Options,
): Promise<void> {
  const refusals: Diagnostic[] = [];
  for (const workload of workloads) {
    const place = { ...culprit, layer: workload.name };
    const refusal = await blame(place, 'asking what it supports', () => {
      const support = model.supports(workload, options);
      return support.ok ? undefined : support.reason;
    });
    if (refusal === undefined) continue;
    refusals.push({
      code: 'ARCHON_WORKLOAD_UNSUPPORTED',
      message: `${culprit.contribution} cannot run layer "${workload.name}": ${refusal}`,
      expected: 'a network whose layers the accelerator supports',
      plugin: culprit.plugin,
      layer: workload.name,
    });
  }
  const [first, ...rest] = refusals;
  if (first !== undefined) throw new ArchonError(first, ...rest);
}

/** Mean over layers weighted by their cycles; 0 when nothing took a cycle. */
function meanUtilization(layers: readonly LayerRecord[]): number {
  const cycles = sum(layers.map((layer) => layer.cycles));
  return cycles === 0 ? 0 : sum(layers.map((layer) => layer.utilization * layer.cycles)) / cycles;
}

/** Overflows and missing area prices show only in the sums; a stage must not overwrite a metric of the engine. */
function checkMetrics(metrics: Readonly<Record<string, number>>, ofStages: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(metrics)) {
    if (Number.isFinite(value) && value >= 0 && !(name in ofStages)) continue;
    const found = name in ofStages ? 'is also reported by a stage' : `is ${String(value)}`;
    throw new ArchonError({
      code: 'ARCHON_RESULT_INVALID',
      message: `metric "${name}" ${found}`,
      expected: name in ofStages ? 'stages to report metrics of other names' : 'a finite number >= 0',
      path: `metrics.${name}`,
    });
  }
}
