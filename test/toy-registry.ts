import {
  API_VERSION,
  definePlugin,
  Registry,
  type AcceleratorContribution,
  type AcceleratorMeta,
  type ContributionMeta,
  type NetworkContribution,
  type StageContribution,
  type StageMeta,
} from '@archon-dse/core';

/** A registry of contributions that only have options: enough to read sweeps, nothing to run. */

function meta(name: string, options: ContributionMeta['options']): ContributionMeta {
  return { name, title: name, description: `The ${name} of the tests.`, options, source: 'none' };
}

const unused = () => {
  throw new Error('contributions of the toy registry do not run');
};

const network = (name: string, options: ContributionMeta['options']): NetworkContribution => ({
  meta: meta(name, options),
  build: unused,
});

const stage = (
  name: string,
  options: ContributionMeta['options'],
  metrics?: StageMeta['metrics'],
): StageContribution => ({
  meta: { ...meta(name, options), ...(metrics === undefined ? {} : { metrics }) },
  apply: unused,
});

const accelerator = (
  name: string,
  options: ContributionMeta['options'],
  metrics?: AcceleratorMeta['metrics'],
): AcceleratorContribution => ({
  meta: { ...meta(name, options), ...(metrics === undefined ? {} : { metrics }) },
  create: unused,
});

const text = (values: readonly [string, ...string[]], description: string) =>
  ({ type: 'string', enum: values, default: values[0], description }) as const;

/** What stages of the tests measure, the second only with an option. */
const ACCURACY = { description: 'Share of images recognised.', direction: 'maximize', minimum: 0, maximum: 1 } as const;
const SCORE = { description: 'Score on data.', direction: 'maximize', needs: 'data' } as const;

/** What an accelerator measures, the first always, the second where it executes, the third with a model. */
const EXECUTED = {
  waste: { description: 'Share of cycles lost.', direction: 'minimize', minimum: 0, maximum: 1 },
  liveShare: {
    description: 'Share of products formed.',
    direction: 'maximize',
    needs: { option: 'fidelity', is: 'executed' },
  },
  score: SCORE,
} as const;

const archon = definePlugin({
  meta: { name: '@archon-dse/toy', namespace: 'archon', version: '1.0.0', apiVersion: API_VERSION },
  networks: [
    network('mobilenet-v2', {
      dataset: text(['cifar10', 'imagenet'], 'What the network classifies.'),
      variant: text(['baseline', 'modified'], 'Block layout.'),
      width: { type: 'number', exclusiveMinimum: 0, maximum: 2, default: 1, description: 'Width multiplier.' },
    }),
    network('shufflenet', { dataset: text(['cifar10', 'imagenet'], 'What the network classifies.') }),
  ],
  stages: [
    stage(
      'prune',
      {
        sparsity: { type: 'number', minimum: 0, maximum: 1, default: 0, description: 'Share of weights set to zero.' },
        skipLayers: { type: 'array', items: { type: 'string' }, default: [], description: 'Layers left as they are.' },
      },
      { accuracy: ACCURACY },
    ),
    stage('score', { data: { type: 'string', default: '', description: 'What to measure on.' } }, { score: SCORE }),
  ],
  accelerators: [
    accelerator('dense', {
      meshX: { type: 'integer', minimum: 1, maximum: 64, default: 8, description: 'Columns of the array.', unit: 'PE' },
      glbKib: { type: 'integer', minimum: 1, default: 128, description: 'Shared buffer.', unit: 'KiB' },
      gating: { type: 'boolean', default: false, description: 'Whether zeros save energy.' },
    }),
    accelerator('systolic', {}),
    accelerator('grid', {
      pe: {
        type: 'object',
        default: { lanes: 2 },
        description: 'Each PE.',
        properties: {
          lanes: { type: 'integer', minimum: 1, maximum: 16, default: 4, description: 'Multipliers.' },
          bits: { type: 'integer', default: 16, description: 'Width.', unit: 'bit' },
        },
      },
    }),
  ],
});

const other = definePlugin({
  meta: { name: 'dse-plugin-other', namespace: 'other', version: '1.0.0', apiVersion: API_VERSION },
  accelerators: [accelerator('systolic', {})],
});

/** An accelerator that measures something of its own. */
const measuring = definePlugin({
  meta: { name: 'dse-plugin-measuring', namespace: 'measuring', version: '1.0.0', apiVersion: API_VERSION },
  accelerators: [
    accelerator(
      'cycles',
      {
        fidelity: text(['analytical', 'executed'], 'How cycles are found.'),
        data: { type: 'string', default: '', description: 'What to measure on.' },
      },
      EXECUTED,
    ),
  ],
});

/** A stage that does not say what it measures. */
const silent = definePlugin({
  meta: { name: 'dse-plugin-silent', namespace: 'silent', version: '1.0.0', apiVersion: API_VERSION },
  stages: [stage('quiet', {})],
});

export function toyRegistry(): Registry {
  return new Registry([archon, other]);
}

/** The same and an accelerator that measures something of its own. */
export function measuringRegistry(): Registry {
  return new Registry([archon, other, measuring]);
}

/** The same as the first and a stage that does not say what it measures. */
export function openRegistry(): Registry {
  return new Registry([archon, other, silent]);
}
