import { ArchonError, type Accelerator, type AcceleratorContribution, type Options } from '@archon-dse/core';
import { bound } from './bound.js';

/**
 * The accelerator that a contribution makes of the options of a point. Its functions are read once, so that those that are looked at are
 * those that are called.
 *
 * @param show - puts any value in a few words, see `Platform`
 * @throws ArchonError ARCHON_RESULT_INVALID when it is no object or lacks a function
 */
export function createAccelerator(
  contribution: AcceleratorContribution,
  options: Options,
  show: (value: unknown) => string,
): Accelerator {
  const created: unknown = contribution.create(options);
  if (typeof created !== 'object' || created === null) throw invalid(`is ${show(created)}`, 'an object of functions');
  const { components, supports, run, check } = created as Readonly<Record<string, unknown>>;
  for (const [name, member] of Object.entries({ components, supports, run, check })) {
    if (typeof member === 'function' || (name === 'check' && member === undefined)) continue;
    throw invalid(`has ${show(member)} for its function ${name}`, 'a function');
  }
  return {
    components: bound(components, created) as Accelerator['components'],
    supports: bound(supports, created) as Accelerator['supports'],
    run: bound(run, created) as Accelerator['run'],
    ...(check === undefined ? {} : { check: bound(check, created) }),
  };
}

function invalid(found: string, expected: string): ArchonError {
  return new ArchonError({ code: 'ARCHON_RESULT_INVALID', message: `the accelerator ${found}`, expected });
}
