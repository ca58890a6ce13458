import { describe, expect, it } from 'vitest';
import { rampOf, rateOf, recipeEpochs } from './recipe.js';
import { pruningRecipe, trainingRecipe } from '../stages/recipes.js';
import { tinyNetwork } from '../test-fixtures.js';

const network = (id: string, classes: number) => ({ ...tinyNetwork(), id, classes });
const fusioNet = pruningRecipe('published', network('archon/fusionet', 100));

describe('recipes', () => {
  it('are those published for network, variant and classes', () => {
    expect(fusioNet.pruning).toEqual({
      ...{ rampEpochs: 38, rampSteps: 38, tail: true },
      sparsities: { pointwise: 0.8, depthwise: 0.7 },
    });
    expect(recipeEpochs(trainingRecipe('published', network('archon/mobilenet-v2', 10)))).toBe(126);
    expect(recipeEpochs(trainingRecipe('published', network('archon/mobilenet-v2', 100)))).toBe(140);
    const modified = trainingRecipe('published-modified', network('archon/shufflenet', 10));
    expect([modified.batch, modified.momentum, recipeEpochs(modified)]).toEqual([48, 0.9, 146]);
  });

  it('are refused where none was published', () => {
    expect(() => pruningRecipe('published-modified', network('archon/fusionet', 10))).toThrow('archon/fusionet');
    expect(() => trainingRecipe('published', network('me/tiny', 10))).toThrow('me/tiny');
  });
});

describe('other numbers of epochs', () => {
  it('leave the schedule as it is when they are the recipe’s', () => {
    expect([0, 7, 8].map((epoch) => rateOf(fusioNet, epoch, 88))).toEqual([1e-4, 8e-2, 1e-1]);
    expect(rampOf(fusioNet, 88)).toBe(38);
  });

  it('stretch schedule and ramp', () => {
    expect([0, 1, 2].map((epoch) => rateOf(fusioNet, epoch, 22))).toEqual([1e-4, 4e-3, 1e-1]);
    expect(rampOf(fusioNet, 22)).toBe(10);
    expect(rampOf(fusioNet, 1)).toBe(1);
    expect(rampOf(trainingRecipe('short', tinyNetwork()), 8)).toBe(0);
  });
});
