import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { ContributionMeta, Options, Registered, StageState } from '@archon-dse/core';
import { resolveOptions } from '@archon-dse/config';
import { createContext, prepareNetwork, type Chain } from '@archon-dse/runner';
import { countWeights, readCheckpoint } from '@archon-dse/training';
import { inCwd, type Context } from '../context.js';
import { examples, jsonOption, pluginOption, seedOption, setOption, wholeNumber } from '../flags.js';
import { formatNumber } from '../format.js';
import { loadNamed } from '../host.js';
import { runInterruptibly } from '../interrupt.js';
import { EXIT } from '../output.js';
import { resolveSetOptions } from '../set-options.js';
import { formatTable } from '../table.js';
import { createTrainingProgress } from '../training-progress.js';

interface Flags {
  readonly network: string;
  readonly stages: string;
  readonly set: readonly string[];
  readonly data?: string;
  readonly epochs?: number;
  readonly out: string;
  readonly threads: number;
  readonly seed: number;
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `archon train`: a network through stages that train. */
export function trainCommand(context: Context): Command {
  return new Command('train')
    .description('train a network, prune it and predict its ReLUs where asked to')
    .requiredOption('--network <id>', 'the network, e.g. mobilenet-v2')
    .option('--stages <ids>', 'stages in order, separated by commas', 'train')
    .addOption(setOption('network or a stage'))
    .option('--data <folder>', 'folder of CIFAR files; procedural images unless given')
    .option('--epochs <n>', 'epochs of every stage instead of those of its recipe', wholeNumber(1))
    .option('--out <folder>', 'where checkpoints go', join('archon-out', 'train'))
    .option('--threads <n>', 'threads to train with', wholeNumber(1), availableParallelism())
    .addOption(seedOption())
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon train --network mobilenet-v2 --set width=0.25 --set resolution=16 --stages train,prune,predict',
        'archon train --network fusionet --data data --set train.recipe=published --out runs',
        'archon train --network mobilenet-v2 --set train.images=1000 --epochs 2 --json',
      ),
    )
    .action(async (flags: Flags) => {
      const result = await trainInterruptibly(context, flags);
      if (result === undefined) context.setExitCode(EXIT.interrupted);
      else if (flags.json) context.output.json(result);
      else context.output.result(trainText(result));
    });
}

interface StageResult {
  readonly stage: string;
  readonly options: Options;
  readonly accuracy: number | null;
  readonly loss: number | null;
  readonly density: { readonly nonzero: number; readonly total: number };
  readonly checkpoint: string | null;
}

interface TrainResult {
  readonly network: string;
  readonly networkOptions: Options;
  readonly stages: readonly StageResult[];
}

/** Nothing when the user interrupted it. */
async function trainInterruptibly(context: Context, flags: Flags): Promise<TrainResult | undefined> {
  const notice = 'Stopping; run the same command again to go on after the last whole epoch.';
  return runInterruptibly(context, notice, async (signal) => {
    try {
      return await trainStages(context, flags, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

/** One more stage each time: those before it are there already and are not trained again. */
async function trainStages(context: Context, flags: Flags, signal: AbortSignal): Promise<TrainResult> {
  const { registry } = await loadNamed(context, flags.plugin);
  const network = registry.resolve('network', flags.network);
  const stages = flags.stages.split(',').map((id) => registry.resolve('stage', id.trim()));
  const options = optionsOf(context, flags, network.contribution.meta, stages);
  const chain: Chain = {
    network: { use: network.id, options: options['network'] ?? {} },
    stages: stages.map(({ id, contribution }) => ({ use: id, options: options[contribution.meta.name] ?? {} })),
    seed: flags.seed,
  };
  const results: StageResult[] = [];
  for (const [index, { use, options: given }] of chain.stages.entries()) {
    const view = createTrainingProgress(context.output, use);
    const resources = { dir: inCwd(context, flags.out), threads: flags.threads, onProgress: view.update };
    try {
      const prefix = { ...chain, stages: chain.stages.slice(0, index + 1) };
      const { state } = await prepareNetwork(prefix, createContext(registry, signal, resources));
      results.push({ stage: use, options: given, ...(await resultOf(state)) });
    } finally {
      view.stop();
    }
  }
  return { network: network.id, networkOptions: chain.network.options, stages: results };
}

/** `--data` and `--epochs` go to every stage that has such an option. */
function optionsOf(
  context: Context,
  { set, data, epochs }: Flags,
  network: ContributionMeta,
  stages: readonly Registered<'stage'>[],
): Readonly<Record<string, Options>> {
  const metas = stages.map(({ contribution }) => contribution.meta);
  const targets = Object.fromEntries(metas.map((meta) => [meta.name, meta]));
  const options: Record<string, Options> = { ...resolveSetOptions(set, { ...targets, network }) };
  const everywhere = {
    ...(data === undefined ? {} : { data: inCwd(context, data) }),
    ...(epochs === undefined ? {} : { epochs }),
  };
  for (const meta of metas) {
    const known = Object.entries(everywhere).filter(([name]) => name in meta.options);
    options[meta.name] = resolveOptions(meta, { ...options[meta.name], ...Object.fromEntries(known) });
  }
  return options;
}

async function resultOf({ network, metrics, artifacts }: StageState): Promise<Omit<StageResult, 'stage' | 'options'>> {
  const path = typeof artifacts['checkpoint'] === 'string' ? artifacts['checkpoint'] : null;
  const weights = path === null ? [] : countWeights(network, (await readCheckpoint(path)).tensors);
  const total = (of: 'nonzero' | 'total'): number => weights.reduce((sum, layer) => sum + layer[of], 0);
  return {
    accuracy: metrics['accuracy'] ?? null,
    loss: metrics['loss'] ?? null,
    density: { nonzero: total('nonzero'), total: total('total') },
    checkpoint: path,
  };
}

function trainText({ network, stages }: TrainResult): string {
  const rows = stages.map(({ stage, accuracy, loss, density }) => [
    stage,
    accuracy === null ? '' : `${(100 * accuracy).toFixed(2)}%`,
    loss === null ? '' : loss.toFixed(4),
    `${formatNumber(density.nonzero)} of ${formatNumber(density.total)}`,
  ]);
  const table = formatTable(['stage', 'accuracy', 'loss', 'weights not zero'], rows);
  const paths = stages.map(({ stage, checkpoint }) => `${stage}  ${checkpoint ?? ''}`);
  return [network, '', table, '', ...paths].join('\n');
}
