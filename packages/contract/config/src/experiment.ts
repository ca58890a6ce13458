import type { Experiment, Published, Registry } from '@archon-dse/core';
import { readChoice } from './candidates.js';
import { NO_FILES } from './documents.js';
import { headOf, readDocument, type HeadText } from './head.js';
import { itemsOf, toJson, valueAt } from './nodes.js';
import { pick } from './pick.js';

/** What the grammar lets an experiment have beside its choices. */
interface ExperimentText extends HeadText {
  readonly published?: Published;
}

/**
 * Reads an experiment: ids resolved, defaults filled in.
 *
 * @param file - name for the locations
 * @param read - as of {@link parseSweep}
 * @throws ArchonError with everything wrong with the text, by line, at most 20 diagnostics
 */
export function parseExperiment(text: string, file: string, registry: Registry, read = NO_FILES): Experiment {
  const { root, problems } = readDocument(text, file, 'experiment', { registry, read });
  const network = readChoice(valueAt(root, 'network') ?? root, 'network', registry, problems);
  const stages = itemsOf(valueAt(root, 'stages')).map((item) => readChoice(item, 'stage', registry, problems));
  problems.throwIfAny();
  const given = toJson(root) as unknown as ExperimentText;
  const published = given.published && pick(given.published, 'accuracy', 'loss', 'images', 'source');
  return { ...headOf(given), kind: 'experiment', network, stages, ...(published ? { published } : {}) };
}
