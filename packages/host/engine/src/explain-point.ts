import { deepFreeze, type LayerExplanation, type Point } from '@archon-dse/core';
import { createAccelerator } from './border/accelerator-calls.js';
import { evaluatePoint, type Evaluation } from './evaluate-point.js';
import type { EvaluationContext } from './evaluation-context.js';
import { prepareNetwork } from './prepare-network.js';

/** A layer that an accelerator cannot run. */
export interface Refusal {
  readonly name: string;
  readonly reason: string;
}

export interface PointExplanation {
  /** Layers the accelerator refuses; the point cannot be evaluated unless there are none. */
  readonly refusals: readonly Refusal[];
  readonly evaluation?: Evaluation;
  /** What the accelerator tells of its layers, in the order of the network; none where it tells nothing. */
  readonly explanations: readonly LayerExplanation[];
}

/**
 * Evaluates a point if its accelerator supports all layers, and asks it why each takes what it takes, or why it cannot run.
 *
 * @throws ArchonError as `evaluatePoint` does, but for layers that are refused
 */
export function explainPoint(point: Point, context: EvaluationContext): Promise<PointExplanation> {
  return context.platform.task(() => explain(point, context));
}

async function explain(point: Point, context: EvaluationContext): Promise<PointExplanation> {
  const { border, identities } = context;
  deepFreeze(point);
  const { state, workloads, vectorWork } = await prepareNetwork(point, context);
  const { entry: model, options } = identities.choices.of('accelerator', point.accelerator);
  const accelerator = createAccelerator(border, model, options);
  const refusals = workloads.flatMap((workload): Refusal[] => {
    const support = accelerator.supports(workload);
    return support.ok ? [] : [{ name: workload.name, reason: support.reason }];
  });
  const evaluation = refusals.length === 0 ? { evaluation: await evaluatePoint(point, context) } : {};
  if (accelerator.explain === undefined) return { refusals, ...evaluation, explanations: [] };
  const { prices } = context.hardwarePricer.price(accelerator.components(), model);
  const { network, artifacts } = state;
  const seed = identities.seedOf(point);
  const given = {
    workloads,
    vectorWork,
    network,
    artifacts,
    prices,
    seed,
    cache: context.layerResults.of(point, state),
  };
  return { refusals, ...evaluation, explanations: await accelerator.explain(given) };
}
