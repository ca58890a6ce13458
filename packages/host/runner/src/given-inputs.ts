import type { Choice, ContributionKind, Options } from '@archon-dse/core';
import { verifyInputs } from './digest-inputs.js';
import type { EvaluationContext } from './evaluation-context.js';
import { locate } from './inputs.js';

/**
 * Hands a contribution its options, paths absolute, and makes sure before and after that the files are those the id stands for: a file
 * that changes under a sweep fails its points instead of giving them the result of another.
 *
 * @throws ArchonError ARCHON_INPUT_CHANGED
 */
export async function withInputs<T>(
  kind: ContributionKind,
  choice: Choice,
  { registry, contents }: EvaluationContext,
  work: (options: Options) => T | Promise<T>,
): Promise<T> {
  const paths = { registry, inputs: contents.inputs };
  await verifyInputs(kind, choice, paths);
  const result = await work(locate(kind, choice, paths));
  await verifyInputs(kind, choice, paths);
  return result;
}
