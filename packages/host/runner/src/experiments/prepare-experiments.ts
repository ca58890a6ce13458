import { resolve } from 'node:path';
import type { Published, Registry } from '@archon-dse/core';
import type { Chain, Contents } from '@archon-dse/engine';
import { checkStages } from '../files/check-stages.js';
import { readContents } from '../files/contents.js';
import { loadExperiment, type Host, type LoadedExperiment } from '../files/load-sweep.js';

/** An experiment that is ready to run. */
export interface PreparedExperiment {
  /** As it was given. */
  readonly file: string;
  readonly name: string;
  readonly chain: Chain;
  readonly registry: Registry;
  readonly contents: Contents;
  readonly published?: Published;
}

/** Another chain in place of that of an experiment, e.g. with options of a command line; `all` are those that run together. */
export type ChangeChain = (chain: Chain, experiment: LoadedExperiment, all: readonly LoadedExperiment[]) => Chain;

/**
 * Reads all experiments before the first one runs, so that a mistake in one costs no training.
 *
 * @param files - paths, see {@link findExperiments}
 * @throws ArchonError for the first file with mistakes, or what `change` throws
 */
export async function prepareExperiments(
  files: readonly string[],
  host: Host,
  change: ChangeChain = (chain) => chain,
): Promise<readonly PreparedExperiment[]> {
  const cwd = host.cwd ?? process.cwd();
  const loaded: (LoadedExperiment & { readonly file: string })[] = [];
  for (const file of files) loaded.push({ file, ...(await loadExperiment(resolve(cwd, file), host)) });
  return Promise.all(
    loaded.map(async (one): Promise<PreparedExperiment> => {
      const { file, plugins, experiment } = one;
      const { name, network, stages, seed, published } = experiment;
      const chain = change({ network, stages, seed }, one, loaded);
      const { registry } = plugins;
      await checkStages(chain.stages, registry);
      const contents = await readContents({ network: [chain.network], stage: chain.stages }, plugins, cwd);
      return { file, name, chain, registry, contents, ...(published === undefined ? {} : { published }) };
    }),
  );
}
