import { fail, type Choice, type ChoiceKind, type Options } from '@archon-dse/core';
import type { EvaluationContext } from '../evaluation-context.js';
import { inputOf, locate } from './inputs.js';
import { namedPaths } from './named-paths.js';

/**
 * Hands a contribution its options, paths absolute, and makes sure before and after that the files are those the id stands for: a file
 * that changes under a sweep fails its points instead of giving them the result of another.
 *
 * @throws ArchonError ARCHON_INPUT_CHANGED
 */
export async function withInputs<T>(
  kind: ChoiceKind,
  choice: Choice,
  context: EvaluationContext,
  work: (options: Options) => T | Promise<T>,
): Promise<T> {
  await verifyInputs(kind, choice, context);
  const result = await work(locate(kind, choice, { registry: context.registry, inputs: context.contents.inputs }));
  await verifyInputs(kind, choice, context);
  return result;
}

/**
 * Makes sure that what options name is still what it was at the start.
 *
 * @throws ArchonError ARCHON_INPUT_CHANGED
 */
export async function verifyInputs(
  kind: ChoiceKind,
  { use, options }: Choice,
  { registry, contents, platform }: EvaluationContext,
): Promise<void> {
  for (const { option, text, path } of namedPaths({ [kind]: [{ use, options }] }, registry)) {
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
