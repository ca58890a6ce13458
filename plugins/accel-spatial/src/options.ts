import { defineOptions, type OptionValues } from '@archon-dse/core';
import { ARCHITECTURE, ARCHITECTURES } from '@archon-dse/architecture';

export const SPATIAL_OPTIONS = defineOptions({
  architecture: {
    ...ARCHITECTURE,
    document: true,
    named: ARCHITECTURES,
    default: ARCHITECTURES['eyeriss'] ?? null,
    description: 'The array as an architecture file: levels, meshes, component classes and dataflow.',
  },
  objective: {
    type: 'string',
    default: 'cycles-then-energy',
    enum: ['cycles-then-energy', 'energy-then-cycles', 'edp'],
    description: 'What the mapper minimises for each layer; edp is the product of energy and cycles.',
  },
});

export type SpatialOptions = OptionValues<typeof SPATIAL_OPTIONS>;
