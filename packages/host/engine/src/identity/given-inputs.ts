import { fail, type Options } from '@archon-dse/core';
import type { EvaluationContext } from '../evaluation-context.js';
import type { ChoiceFacts } from './choice-facts.js';
import { inputOf } from './inputs.js';

/** A choice, by what its options lead to. */
type Given = Pick<ChoiceFacts, 'options' | 'paths'>;

/**
 * Hands a contribution its options, paths absolute, and makes sure before and after that the files are those the id stands for: a file
 * that changes under a sweep fails its points instead of giving them the result of another.
 *
 * @throws ArchonError ARCHON_INPUT_CHANGED
 */
export async function withInputs<T>(
  given: Given,
  context: EvaluationContext,
  work: (options: Options) => T | Promise<T>,
): Promise<T> {
  if (given.paths.length === 0) return work(given.options);
  await verifyInputs(given, context);
  const result = await work(given.options);
  await verifyInputs(given, context);
  return result;
}

/**
 * Makes sure that what options name is still what it was at the start.
 *
 * @throws ArchonError ARCHON_INPUT_CHANGED
 */
async function verifyInputs({ paths }: Given, { contents, platform }: EvaluationContext): Promise<void> {
  for (const { option, text, path } of paths) {
    const input = inputOf(text, path, contents.inputs);
    if (await platform.isUnchanged(input, path)) continue;
    fail({
      code: 'ARCHON_INPUT_CHANGED',
      message: `${path.kind} "${text}" has changed while it was in use`,
      expected: 'what it held at the start',
      path: `options.${option}`,
      hint: 'Run it again: what depends on the new content is computed anew.',
    });
  }
}
