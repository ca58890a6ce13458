import { ArchonError, type Diagnostic } from '@archon-dse/core';
import { prepareNetwork, type StageResources } from '@archon-dse/engine';
import { nodeContext } from '../node-platform.js';
import type { PreparedExperiment } from './prepare-experiments.js';

/** How an experiment ended. */
export type ExperimentOutcome =
  { readonly status: 'ok' } | { readonly status: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/**
 * Applies the stages of one experiment, one after the other. An error is its outcome, unless the user interrupted it or the disk is full.
 *
 * @param resources - what stages may use, and who hears of them: `onStage` while they run, `onStageEnd` of what each came to
 * @throws ArchonError after an interruption and for ARCHON_DISK_FULL: the next experiment would fare no better
 */
export async function runExperiment(
  { chain, registry, contents }: Pick<PreparedExperiment, 'chain' | 'registry' | 'contents'>,
  signal: AbortSignal,
  resources: StageResources = {},
): Promise<ExperimentOutcome> {
  try {
    await prepareNetwork(chain, nodeContext(registry, { contents, signal, resources }));
    return { status: 'ok' };
  } catch (error) {
    if (signal.aborted || !(error instanceof ArchonError) || isDiskFull(error)) throw error;
    return { status: 'failed', diagnostics: error.diagnostics };
  }
}

function isDiskFull({ diagnostics }: ArchonError): boolean {
  return diagnostics.some(({ code }) => code === 'ARCHON_DISK_FULL');
}
