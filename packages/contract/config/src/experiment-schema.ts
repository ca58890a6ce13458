import type { Registry } from '@archon-dse/core';
import { MOST_IMAGES } from './experiment.js';
import { choiceSchema, closed, DRAFT_07, HEAD_PROPERTIES, list, reference, type JsonSchema } from './schema-parts.js';

const PUBLISHED: JsonSchema = {
  ...closed(
    {
      accuracy: { type: 'number', minimum: 0, maximum: 1, description: 'Share of test images recognised.' },
      loss: { type: 'number', description: 'As published, L2 terms included or not.' },
      images: { type: 'integer', minimum: 1, maximum: MOST_IMAGES, description: 'Test images it was measured on.' },
      source: { type: 'string', minLength: 1, description: 'Where it was published.' },
    },
    ['accuracy', 'source'],
  ),
  description: 'What a publication reports for this run: shown beside what is measured, never instead of it.',
};

/** The JSON Schema (draft-07) of experiments that use the contributions of a registry; it accepts what {@link parseExperiment} accepts. */
export function experimentSchema(registry: Registry): JsonSchema {
  const kinds = ['network', 'stage'] as const;
  return {
    $schema: DRAFT_07,
    title: 'Archon DSE experiment',
    ...closed(
      {
        ...HEAD_PROPERTIES,
        kind: { const: 'experiment', description: 'Tells an experiment from a sweep.' },
        network: reference('network'),
        stages: list(reference('stage'), 'The whole chain of stages, in the order they run.', 1),
        published: PUBLISHED,
      },
      ['apiVersion', 'name', 'kind', 'network', 'stages'],
    ),
    definitions: Object.fromEntries(kinds.map((kind) => [kind, choiceSchema(registry, kind)])),
  };
}
