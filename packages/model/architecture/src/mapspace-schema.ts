import { DATA_SPACES, DIMS } from '@archon-dse/loop-nest';

const dims = (description: string) =>
  ({ type: 'array', items: { type: 'string', enum: DIMS }, uniqueItems: true, description }) as const;

const factor = { type: 'integer', minimum: 1, description: 'The factor.' } as const;

const factors = (description: string) =>
  ({
    type: 'object',
    properties: { C: factor, M: factor, R: factor, S: factor, P: factor, Q: factor, N: factor, G: factor },
    description,
  }) as const;

const spatial = (axis: string) =>
  ({
    type: 'object',
    properties: {
      dims: dims(`Dimensions that may be spread along ${axis}; the mapper chooses how far.`),
      factors: factors(`Dimensions spread along ${axis} by a given factor.`),
      most: factors(`Largest factors along ${axis}.`),
      least: factors(`Smallest factors along ${axis}.`),
      largest: dims(
        `Dimensions spread along ${axis} as far as the mesh has room, those named first before the others.`,
      ),
    },
    description: `What may be spread along ${axis}; any dimension unless given.`,
  }) as const;

/** What the mapper may do at one level. */
export const CONSTRAINT = {
  type: 'object',
  properties: {
    dims: dims('Dimensions that may loop here; the mapper chooses how far. Any dimension unless given.'),
    factors: factors('Dimensions that loop here by a given factor.'),
    order: dims('Order of the loops, outermost first; those left out go inside them. Any order unless given.'),
    most: factors('Largest factors of loops here.'),
    least: factors('Smallest factors of loops here.'),
    minParallelism: {
      type: 'number',
      exclusiveMinimum: 0,
      description:
        'What the factors spread over the mesh multiply to at least: a number of instances, or up to 1 a share of the mesh.',
    },
    mayBypass: {
      type: 'array',
      items: { type: 'string', enum: DATA_SPACES },
      uniqueItems: true,
      description: 'Data spaces that the level holds and need not hold; the mapper chooses.',
    },
    mayBeUneven: {
      type: 'boolean',
      description:
        'Whether each data space it holds may have a place of its own in the loop order; the mapper chooses.',
    },
    spatialX: spatial('the columns of its mesh'),
    spatialY: spatial('the rows of its mesh'),
  },
} as const;
