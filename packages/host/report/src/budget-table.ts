import type { TrainingBudget } from '@archon-dse/core';

/** Budgets in tables and in words. Pure and shared with the page. */

/** Columns of a table of budgets. */
export const BUDGET_HEADER: readonly string[] = [
  'Stage',
  'Recipe',
  'Epochs',
  'Images',
  'Batch',
  'Dataset',
  'Test images',
  'Backend',
];

/** A row under {@link BUDGET_HEADER}. */
export function budgetRow(budget: TrainingBudget): readonly string[] {
  const { stage, recipe, epochs, images, dataset, testImages, backend } = budget;
  return [stage, recipe, String(epochs), String(images), batchText(budget), dataset, String(testImages), backend];
}

/** A budget in words, without its stage: `2 epochs of 800 procedural images, batch 16, recipe short, onnx`. */
export function budgetText(budget: TrainingBudget): string {
  const { recipe, epochs, images, dataset, backend } = budget;
  const passes = `${String(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'} of ${String(images)} ${dataset} images`;
  return `${passes}, batch ${batchText(budget)}, recipe ${recipe}, ${backend}`;
}

function batchText({ batch, microBatch }: TrainingBudget): string {
  return microBatch === batch ? String(batch) : `${String(batch)} in parts of ${String(microBatch)}`;
}
