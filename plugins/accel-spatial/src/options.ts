import { defineOptions, type OptionRule, type OptionValues } from '@archon-dse/core';
import { ARCHITECTURE, ARCHITECTURES } from '@archon-dse/architecture';
import { ZERO_OPTIONS } from './zero-options.js';

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
  mapperBudget: {
    type: 'integer',
    default: 0,
    minimum: 0,
    maximum: 1_000_000_000,
    unit: 'evaluations',
    optional: true,
    description:
      'Partial and whole mappings to bound for each layer before its best one so far is taken; 0 searches until nothing better is left.',
  },
  ...ZERO_OPTIONS,
});

export type SpatialOptions = OptionValues<typeof SPATIAL_OPTIONS>;

export const SPATIAL_RULES: readonly OptionRule<typeof SPATIAL_OPTIONS>[] = [
  {
    option: 'weightDensity',
    holds: ({ weightDensity, weightPattern }) => weightDensity === 1 || weightPattern === 'anywhere',
    refusal: ({ weightDensity }) => ({
      message: `option weightDensity is ${weightDensity}, and weights of the pattern 2:4 keep a half`,
      expected: '1, or weightPattern "anywhere"',
    }),
  },
];
