import {
  changingDiagnostics,
  deepFreeze,
  fail,
  type Network,
  type Registered,
  type StageContext,
  type StageState,
} from '@archon-dse/core';
import { describeNetwork, lowerToWorkloads, vectorWorkOf } from '@archon-dse/workload';
import { chainKey, type Chain, type PreparedNetwork } from './chain.js';
import type { EvaluationContext } from './evaluation-context.js';
import { withInputs } from './identity/given-inputs.js';
import { buildNetwork } from './border/network-calls.js';
import { applyStage } from './border/stage-calls.js';
import type { Platform } from './platform.js';
import { checkReported } from './reported-metrics.js';
import { copyProgress, type StageEvent, type StageListener } from './stage-event.js';

/**
 * Builds the network of a point, applies its stages in order and lowers it to workloads; remembers the last few chains of the thread.
 * All of it is frozen, since all accelerators of a chain see the same.
 */
export async function prepareNetwork(point: Chain, context: EvaluationContext): Promise<PreparedNetwork> {
  deepFreeze(point);
  const key = chainKey(point);
  const prepared = context.chains.get(key) ?? (await lower(point, await applyStages(point, context), context));
  context.chains.set(key, prepared);
  return prepared;
}

async function lower(
  point: Chain,
  state: StageState,
  { registry, border }: EvaluationContext,
): Promise<PreparedNetwork> {
  const family = registry.resolve('network', point.network.use);
  const culprit = { plugin: family.plugin.name, contribution: family.id };
  return border.blame(culprit, 'lowering its network', () => ({
    state: deepFreeze(state),
    workloads: deepFreeze(lowerToWorkloads(state.network, state)),
    vectorWork: deepFreeze(vectorWorkOf(state.network)),
    description: describeNetwork(state.network),
  }));
}

async function applyStages({ network, stages, seed }: Chain, context: EvaluationContext): Promise<StageState> {
  const { border } = context;
  const ofNetwork = context.identities.choices.of('network', network);
  const { entry: family } = ofNetwork;
  const culprit = { plugin: family.plugin.name, contribution: family.id };
  const built = await withInputs(ofNetwork, context, (options) => buildNetwork(border, family, options));
  await border.blame(culprit, 'checking its network', () => {
    requireId(built, family.id);
    if (stages.length > 0) lowerToWorkloads(built); // a stage would be blamed for what the network got wrong
  });
  const asBuilt: StageState = { network: built, densities: {}, metrics: {}, artifacts: {} };
  const { onStage, onStageEnd, ...resources } = context.resources;
  let state = asBuilt;
  for (const [index, choice] of stages.entries()) {
    const given = context.identities.choices.of('stage', choice);
    const { entry: stage } = given;
    const code = context.contents.code.plugins[stage.plugin.name];
    const stageContext = {
      ...resources,
      ...watched({ network: network.use, stage: choice.use }, onStage),
      networkOptions: network.options,
      seed: context.identities.seedOf({ network, stages: stages.slice(0, index + 1), seed }),
      ...(code === undefined ? {} : { code }),
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    };
    const before = state;
    state = await withInputs(given, context, (options) =>
      applyStage(border, stage, { before, options, context: stageContext }),
    );
    const author = { plugin: stage.plugin.name, contribution: stage.id };
    await border.blame(author, 'checking what it leaves', () => {
      checkState(state, before, stage, context.platform);
      requireSound(state, stage.id, family.id);
    });
    await onStageEnd?.(state);
  }
  return state;
}

/** A network goes by the id of the contribution that built it, whatever stages make of it: records and checkpoints name it so. */
function requireId(network: Network, id: string): void {
  if (network.id === id) return;
  fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `the network of ${id} has the id ${JSON.stringify(network.id)}`,
    expected: `"${id}"`,
    path: 'network.id',
  });
}

/**
 * Refuses a graph that is none, and densities, masks and formats of layers that are not there or have another shape: where they arise,
 * since whoever comes next would be blamed.
 */
function requireSound(state: StageState, stage: string, id: string): void {
  const check = (): void => {
    requireId(state.network, id);
    lowerToWorkloads(state.network, state);
  };
  changingDiagnostics(check, (one) => ({ ...one, message: `after ${stage}: ${one.message}` }));
}

/** Says that the stage begins; what it hears of its training goes on to the listener. */
function watched(event: StageEvent, listener?: StageListener): Pick<StageContext, 'onProgress'> {
  if (listener === undefined) return {};
  listener(event);
  return { onProgress: (progress) => listener({ ...event, progress: copyProgress(progress) }) };
}

/** Refuses a state that is none, a metric that is no number, and one that the stage reports without having said so. */
function checkState(
  state: StageState,
  before: StageState,
  stage: Registered<'stage'>,
  platform: Pick<Platform, 'show'>,
): void {
  for (const member of ['network', 'densities', 'metrics', 'artifacts'] as const) {
    if (typeof state[member] === 'object') continue;
    fail({
      code: 'ARCHON_RESULT_INVALID',
      message: `the state of a stage has no ${member}`,
      expected: 'the state that the stage was given, with its changes',
      path: member,
    });
  }
  checkReported(state.metrics, before.metrics, stage, platform);
}
