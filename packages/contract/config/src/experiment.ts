import type { Experiment, Published, Registry } from '@archon-dse/core';
import { readChoice } from './candidates.js';
import { HEAD_KEYS, readDocument, readHead } from './head.js';
import type { Node } from './nodes.js';
import type { Problems } from './problems.js';
import { readFields, readInteger, readNumber, readOneOf, readSomeItems, reportValue } from './readers.js';
import { readSomeText } from './references.js';

const EXPERIMENT_KEYS = {
  required: [...HEAD_KEYS.required, 'kind', 'network', 'stages'],
  optional: [...HEAD_KEYS.optional, 'published'],
} as const;
const PUBLISHED_KEYS = { required: ['accuracy', 'source'], optional: ['loss', 'images'] } as const;

/**
 * Reads an experiment: ids resolved, defaults filled in.
 *
 * @param file - name for the locations
 * @throws ArchonError with everything wrong with the text, by line, at most 20 diagnostics
 */
export function parseExperiment(text: string, file: string, registry: Registry): Experiment {
  const { root, problems } = readDocument(text, file, 'experiment');
  const fields = readFields(root, EXPERIMENT_KEYS, problems);
  const experiment: Experiment = {
    ...readHead(fields, problems),
    kind: fields.kind ? readOneOf(fields.kind, ['experiment'], problems) : 'experiment',
    network: readChoice(fields.network, 'network', registry, problems),
    stages: readSomeItems(fields.stages, problems).map((item) => readChoice(item, 'stage', registry, problems)),
    ...(fields.published ? { published: readPublished(fields.published, problems) } : {}),
  };
  problems.throwIfAny();
  return experiment;
}

function readPublished(node: Node, problems: Problems): Published {
  const fields = readFields(node, PUBLISHED_KEYS, problems);
  const accuracy = readNumber(fields.accuracy, problems) ?? 0;
  if (fields.accuracy && (accuracy < 0 || accuracy > 1)) reportValue(fields.accuracy, 'a share from 0 to 1', problems);
  const loss = readNumber(fields.loss, problems);
  return {
    accuracy,
    ...(loss === undefined ? {} : { loss }),
    ...(fields.images ? { images: readInteger(fields.images, 1, MOST_IMAGES, problems) } : {}),
    source: readSomeText(fields.source, 'where the figure was published', problems),
  };
}

/** The most test images a publication may name. */
export const MOST_IMAGES = 1e9;
