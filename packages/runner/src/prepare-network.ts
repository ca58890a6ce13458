import { canonicalJson, fail, type Point, type StageState } from '@archon-dse/core';
import type { EvaluationContext } from './evaluation-context.js';
import { seedOf } from './identity.js';
import { blame } from './thrown.js';

/** The part of a point that decides its network: what is built and the stages it goes through. */
export type Chain = Pick<Point, 'network' | 'stages' | 'seed'>;

export function chainKey({ network, stages, seed }: Chain): string {
  return canonicalJson({ network, stages, seed } satisfies Chain);
}

/** Builds the network of a point and applies its stages in order; remembers the last few chains of the thread. */
export async function prepareNetwork(point: Chain, context: EvaluationContext): Promise<StageState> {
  const key = chainKey(point);
  const state = context.chains.get(key) ?? (await applyStages(point, context));
  context.chains.set(key, state);
  return state;
}

async function applyStages({ network, stages, seed }: Chain, context: EvaluationContext): Promise<StageState> {
  const family = context.registry.resolve('network', network.use);
  const culprit = { plugin: family.plugin.name, contribution: family.id };
  const built = await blame(culprit, 'building the network', () => family.contribution.build(network.options));
  let state: StageState = { network: built, densities: {}, metrics: {}, artifacts: {} };
  for (const [index, choice] of stages.entries()) {
    const stage = context.registry.resolve('stage', choice.use);
    const stageContext = {
      ...context.resources,
      seed: seedOf({ network, stages: stages.slice(0, index + 1), seed } satisfies Chain),
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    };
    const before = state;
    state = await blame({ plugin: stage.plugin.name, contribution: stage.id }, 'applying the stage', async () =>
      checkState(await stage.contribution.apply(before, choice.options, stageContext)),
    );
  }
  return state;
}

function checkState(state: StageState): StageState {
  for (const [metric, value] of Object.entries(state.metrics)) {
    if (Number.isFinite(value)) continue;
    fail({
      code: 'ARCHON_RESULT_INVALID',
      message: `metric "${metric}" of a stage is ${String(value)}`,
      expected: 'a finite number',
      path: `metrics.${metric}`,
    });
  }
  return state;
}
