import {
  optionsByPath,
  schemaAtPath,
  valueAtPath,
  valuesByPath,
  type ContributionMeta,
  type Options,
} from '@archon-dse/core';

/**
 * The paths that could have been meant, where a path leads nowhere in a document: its members by the grammar, or, where it is a name inside
 * the path that there is not, such as that of a level, those that there are. Nothing where the path leads somewhere.
 */
export function missingInDocument(
  { options: schemas }: ContributionMeta,
  options: Options,
  path: string,
): readonly string[] | undefined {
  const steps = path.split('.');
  const parent = steps.slice(0, -1).join('.');
  if (steps.some((_, index) => isNoItem(options, steps.slice(0, index + 1)))) {
    const sameDepth = valuesByPath(options)
      .map(([one]) => one)
      .filter((one) => one.split('.').length === steps.length);
    const sameMember = sameDepth.filter((one) => one.endsWith(`.${steps.at(-1) ?? ''}`));
    return sameMember.length > 0 ? sameMember : sameDepth;
  }
  if (schemaAtPath(schemas, path) !== undefined) return undefined;
  return Object.keys(optionsByPath(schemas))
    .map((one) => one.split('.').map((step, index) => (step === '*' ? (steps[index] ?? step) : step)))
    .filter((one) => one.length === steps.length && one.slice(0, -1).join('.') === parent)
    .map((one) => one.join('.'));
}

/** Whether a path leads to a list in which nothing goes by its last step. */
function isNoItem(options: Options, steps: readonly string[]): boolean {
  const list = valueAtPath(options, steps.slice(0, -1).join('.'));
  return Array.isArray(list) && valueAtPath(options, steps.join('.')) === undefined;
}
