import {
  ArchonError,
  canonicalJson,
  fail,
  type Diagnostic,
  type Options,
  type Published,
  type Registry,
} from '@archon-dse/core';
import { locate, prepareNetwork, type Chain, type Contents } from '@archon-dse/engine';
import { loadExperiment, nodeContext, readContents, type LoadedExperiment } from '@archon-dse/runner';
import { readCheckpoint, type Checkpoint } from '@archon-dse/training';
import { inCwd, type Context } from '../context.js';
import { EVALUATION_BATCH, type TrainingFlags } from '../options/flags.js';
import { measureCheckpoint, type Measured } from './measure-checkpoint.js';
import { overrideChain } from '../options/override-chain.js';
import { shownDiagnostics } from '../terminal/output.js';
import { trainChain, type StageResult } from './train-chain.js';

export interface RunFlags extends TrainingFlags {
  readonly evaluate?: string;
  readonly seed?: number;
}

/** An experiment with the options of the command line, ready to run. */
export interface PreparedExperiment {
  readonly file: string;
  readonly name: string;
  readonly chain: Chain;
  readonly registry: Registry;
  readonly contents: Contents;
  readonly published?: Published;
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
 * Reads all experiments before the first one runs, so that a mistake in one costs no training.
 *
 * @throws ArchonError for the first file with mistakes, or an option of the command line that one of them does not have
 */
export async function prepareExperiments(
  context: Context,
  files: readonly string[],
  flags: RunFlags,
): Promise<readonly PreparedExperiment[]> {
  const loaded: (LoadedExperiment & { readonly file: string })[] = [];
  for (const file of files) {
    loaded.push({ file, ...(await loadExperiment(inCwd(context, file), context.host)) });
  }
  const stageNames = ({ experiment, plugins }: LoadedExperiment): ReadonlySet<string> =>
    new Set(experiment.stages.map(({ use }) => plugins.registry.resolve('stage', use).contribution.meta.name));
  const anywhere = new Set(loaded.flatMap((one) => [...stageNames(one)]));
  const prepared = loaded.map(async (one): Promise<PreparedExperiment> => {
    const { file, plugins, experiment } = one;
    const { name, network, stages, published } = experiment;
    const own = stageNames(one);
    const set = flags.set.filter((text) => !isForOther(text, own, anywhere));
    const given: Chain = { network, stages, seed: flags.seed ?? experiment.seed };
    const chain = overrideChain(given, plugins.registry, context, { ...flags, set });
    const contents = await readContents({ network: [chain.network], stage: chain.stages }, plugins, context.cwd);
    const { registry } = plugins;
    return { file, name, chain, registry, contents, ...(published === undefined ? {} : { published }) };
  });
  return Promise.all(prepared);
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

/** Applies the stages of one experiment; an error becomes part of the result unless the user interrupted it or the disk is full. */
export async function runExperiment(
  context: Context,
  experiment: PreparedExperiment,
  flags: RunFlags,
  { signal, onStage }: Watch,
): Promise<ExperimentResult> {
  const { name, chain, registry, contents } = experiment;
  const stages: StageResult[] = [];
  const result = { ...headOf(experiment), stages, evaluation: null };
  try {
    const watch = (stage: StageResult): void => {
      stages.push(stage);
      onStage(stage);
    };
    await trainChain(context, { chain, registry, contents, flags, signal, label: name, onStage: watch });
    return { ...result, status: 'ok' };
  } catch (error) {
    if (signal.aborted || !(error instanceof ArchonError) || isDiskFull(error)) throw error;
    return { ...result, status: 'failed', error: { diagnostics: shownDiagnostics(error.diagnostics, context.output) } };
  }
}

/** The next experiment would fare no better. */
function isDiskFull({ diagnostics }: ArchonError): boolean {
  return diagnostics.some(({ code }) => code === 'ARCHON_DISK_FULL');
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
