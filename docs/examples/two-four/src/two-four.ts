import { defineStage, packMask, type Density, type StageState, type WeightMask } from '@archon-dse/core';
import { ACCURACY_METRICS, TRAINING_OPTIONS } from '@archon-dse/training/options';
import { lowerToWorkloads } from '@archon-dse/workload';
import { structuredMask, type Shape, type Structure } from './structured-mask.ts';

/** Clears two of each four weights, or n of each m, and trains on without them. */
export const twoFour = defineStage({
  name: 'two-four',
  title: '2:4 sparsity',
  description:
    'Keeps the largest weights of each few that follow each other along the input channels, two of four unless told otherwise, and trains ' +
    'on without the others. Where no network is trained yet it says which weights are zero, and a later training keeps them so.',
  options: {
    ...TRAINING_OPTIONS,
    kept: { type: 'integer', default: 2, minimum: 1, description: 'Weights that stay of each few.' },
    size: { type: 'integer', default: 4, minimum: 2, description: 'How many weights are looked at together.' },
  },
  rules: [
    {
      option: 'kept',
      holds: ({ kept, size }) => kept <= size,
      refusal: ({ kept, size }) => ({
        message: `${String(kept)} of ${String(size)} weights cannot stay`,
        expected: `at most ${String(size)}`,
      }),
    },
  ],
  metrics: ACCURACY_METRICS,
  source: 'Mishra et al., Accelerating sparse deep neural networks, 2021',
  async apply(state, options, context) {
    const structure = { kept: options.kept, size: options.size };
    if (state.artifacts['checkpoint'] === undefined) return declared(state, structure);
    const { checkpointOf, makeMasks, runStage, trainingRecipe } = await import('@archon-dse/training');
    const initial = await checkpointOf(state, 'two-four');
    const masks = makeMasks(state.network, initial.tensors, ({ shape, weights }) =>
      structuredMask(weights, shape, structure),
    );
    const recipe = trainingRecipe(options.recipe, state.network);
    return runStage({ stage: 'two-four', recipe, state, options, context, initial, masks });
  },
});

/** Masks for weights there are none of yet: the first of each few stay, which decides how many there are and where. */
function declared(state: StageState, structure: Structure): StageState {
  const masks: Record<string, WeightMask> = { ...state.masks };
  const densities: Record<string, Density> = { ...state.densities };
  for (const { name, op, problem, groups } of lowerToWorkloads(state.network)) {
    const shape: Shape = [problem.M * groups, problem.C, problem.R, problem.S];
    const weights = new Float32Array(shape.reduce((product, extent) => product * extent, 1)).fill(1);
    const mask = op === 'conv' || op === 'dense' ? structuredMask(weights, shape, structure) : undefined;
    if (mask === undefined) continue;
    masks[name] = packMask(shape, mask);
    densities[name] = { ...densities[name], weights: structure.kept / structure.size };
  }
  return { ...state, densities, masks };
}
