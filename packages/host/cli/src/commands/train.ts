import type { Options } from '@archon-dse/core';
import { prepareNetwork, type Chain } from '@archon-dse/engine';
import { checkStages, nodeContext, readContents } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { type TrainingFlags } from '../options/flags.js';
import { loadNamed } from '../host.js';
import { namedNetwork } from '../network/named-network.js';
import { EXIT } from '../terminal/output.js';
import { overrideChain } from '../options/override-chain.js';
import { formatTable } from '../terminal/table.js';
import {
  STAGE_COLUMNS,
  stageRow,
  trainInterruptibly,
  watchStages,
  type StageResult,
} from '../training/watch-stages.js';

interface Flags extends TrainingFlags {
  readonly network: string;
  readonly stages: string;
  readonly seed: number;
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `archon train`: a network through stages that train. */
export async function trainNetwork(context: Context, flags: Flags): Promise<void> {
  const result = await trainInterruptibly(context, (signal) => train(context, flags, signal));
  if (result === undefined) context.setExitCode(EXIT.interrupted);
  else if (flags.json) context.output.json(result);
  else context.output.result(trainText(result));
}

interface TrainResult {
  readonly network: string;
  readonly networkOptions: Options;
  readonly stages: readonly StageResult[];
}

async function train(context: Context, flags: Flags, signal: AbortSignal): Promise<TrainResult> {
  const plugins = await loadNamed(context, flags.plugin);
  const { registry } = plugins;
  const named = namedNetwork(registry, flags.network);
  const given: Chain = {
    network: { use: named.network.id, options: { ...named.given } },
    stages: flags.stages.split(',').map((id) => ({ use: registry.resolve('stage', id.trim()).id, options: {} })),
    seed: flags.seed,
  };
  const chain = overrideChain(given, registry, context, flags);
  await checkStages(chain.stages, registry);
  const contents = await readContents({ network: [chain.network], stage: chain.stages }, plugins, context.cwd);
  const stages: StageResult[] = [];
  const watch = { chain, flags, onStage: (result: StageResult) => void stages.push(result) };
  await watchStages(context, watch, (resources) =>
    prepareNetwork(chain, nodeContext(registry, { contents, signal, resources })),
  );
  return { network: chain.network.use, networkOptions: chain.network.options, stages };
}

function trainText({ network, stages }: TrainResult): string {
  const table = formatTable(STAGE_COLUMNS, stages.map(stageRow));
  const paths = stages.map(({ stage, checkpoint }) => `${stage}  ${checkpoint ?? ''}`);
  return [network, '', table, '', ...paths].join('\n');
}
