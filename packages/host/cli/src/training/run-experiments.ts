import { canonicalJson, fail, type Diagnostic, type Options, type Published } from '@archon-dse/core';
import { locate, prepareNetwork } from '@archon-dse/engine';
import {
  findExperiments,
  nodeContext,
  prepareExperiments,
  runExperiment,
  type LoadedExperiment,
  type PreparedExperiment,
} from '@archon-dse/runner';
import { readCheckpoint, type Checkpoint } from '@archon-dse/training';
import { inCwd, type Context } from '../context.js';
import { EVALUATION_BATCH, type TrainingFlags } from '../options/flags.js';
import { measureCheckpoint, type Measured } from './measure-checkpoint.js';
import { overrideChain } from '../options/override-chain.js';
import { shownDiagnostics } from '../terminal/output.js';
import { watchStages, type StageResult } from './watch-stages.js';

export interface RunFlags extends TrainingFlags {
  readonly evaluate?: string;
  readonly seed?: number;
}

/** The documented entry of `experiments` in `run --json`. */
export interface ExperimentResult {
  readonly file: string;
  readonly name: string;
  readonly network: string;
  readonly networkOptions: Options;
  readonly status: 'ok' | 'failed';
  readonly stages: readonly StageResult[];
  readonly evaluation: Measured | null;
  readonly published: Published | null;
  readonly error?: { readonly diagnostics: readonly Diagnostic[] };
}

/**
 * Reads experiments and gives them the options of the command line.
 *
 * @throws ArchonError for the first file with mistakes, or an option of the command line that one of them does not have
 */
export function readExperiments(
  context: Context,
  paths: readonly string[],
  flags: RunFlags,
): Promise<readonly PreparedExperiment[]> {
  const { host, cwd } = context;
  return prepareExperiments(findExperiments(paths, cwd), { ...host, cwd }, (chain, one, all) => {
    const own = stageNames(one);
    const anywhere = new Set(all.flatMap((other) => [...stageNames(other)]));
    const set = flags.set.filter((text) => !isForOther(text, own, anywhere));
    const seeded = { ...chain, seed: flags.seed ?? chain.seed };
    return overrideChain(seeded, one.plugins.registry, context, { ...flags, set });
  });
}

function stageNames({ experiment, plugins }: LoadedExperiment): ReadonlySet<string> {
  return new Set(experiment.stages.map(({ use }) => plugins.registry.resolve('stage', use).contribution.meta.name));
}

/** Whether `--set STAGE.key=value` is for a stage that only other experiments of the command have. */
function isForOther(text: string, own: ReadonlySet<string>, anywhere: ReadonlySet<string>): boolean {
  const stage = /^([^.=]+)\./.exec(text)?.[1] ?? '';
  return anywhere.has(stage) && !own.has(stage);
}

export interface Watch {
  readonly signal: AbortSignal;
  readonly onStage: (result: StageResult) => void;
}

/** Applies the stages of one experiment, with their progress on the terminal. */
export async function trainExperiment(
  context: Context,
  experiment: PreparedExperiment,
  flags: RunFlags,
  { signal, onStage }: Watch,
): Promise<ExperimentResult> {
  const { name, chain } = experiment;
  const stages: StageResult[] = [];
  const watch = {
    chain,
    flags,
    label: name,
    onStage: (stage: StageResult) => void (stages.push(stage), onStage(stage)),
  };
  const outcome = await watchStages(context, watch, (resources) => runExperiment(experiment, signal, resources));
  const result = { ...headOf(experiment), stages, evaluation: null };
  if (outcome.status === 'ok') return { ...result, status: 'ok' };
  return { ...result, status: 'failed', error: { diagnostics: shownDiagnostics(outcome.diagnostics, context.output) } };
}

function headOf({ file, name, chain, published }: PreparedExperiment) {
  const { use, options } = chain.network;
  return { file, name, network: use, networkOptions: options, published: published ?? null };
}

/**
 * Measures a saved model on the images that the last stage of the experiment is measured on.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when it is of another network
 */
export async function evaluateExperiment(
  context: Context,
  experiment: PreparedExperiment,
  path: string,
  { threads, batch }: RunFlags,
): Promise<ExperimentResult> {
  const { name, chain, registry, contents } = experiment;
  const checkpoint = await readCheckpoint(inCwd(context, path));
  const { state } = await prepareNetwork({ ...chain, stages: [] }, nodeContext(registry, { contents }));
  checkNetwork(checkpoint, state.network, path, name);
  const last = chain.stages.at(-1);
  const options = last === undefined ? {} : locate('stage', last, { registry, inputs: contents.inputs });
  const { data = 'procedural', images = 0, backend = 'auto' } = options;
  const source = { data: String(data), images: Number(images) };
  const measuring = { source, backend: String(backend), batch: batch ?? EVALUATION_BATCH, threads };
  const evaluation = await measureCheckpoint(checkpoint, measuring);
  return { ...headOf(experiment), status: 'ok', stages: [], evaluation };
}

function checkNetwork({ info }: Checkpoint, network: Checkpoint['info']['network'], path: string, name: string): void {
  if (canonicalJson(info.network) === canonicalJson(network)) return;
  const isOther = info.network.id !== network.id;
  fail({
    code: 'ARCHON_CHECKPOINT_INVALID',
    message:
      `"${path}" is of ${isOther ? `network "${info.network.id}"` : 'the same network with other options'}, ` +
      `not of experiment "${name}"`,
    expected: `a checkpoint of "${network.id}" with the options of the experiment`,
  });
}
