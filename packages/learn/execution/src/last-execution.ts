import type { AcceleratorInput } from '@archon-dse/core';

/** What an execution needs of a run. */
export type ExecutionInput = Pick<AcceleratorInput, 'network' | 'artifacts' | 'onProgress'>;

/**
 * An execution that is remembered until another network or opening is asked for, since points that differ in the hardware only share it.
 * One that failed is tried again.
 */
export function lastExecution<Opening, T>(
  execute: (input: ExecutionInput, opening: Opening) => Promise<T>,
): (input: ExecutionInput, opening: Opening) => Promise<T> {
  let last: { readonly key: string; readonly network: unknown; readonly result: Promise<T> } | undefined;
  return (input, opening) => {
    const { network, artifacts } = input;
    const key = JSON.stringify([opening, artifacts]);
    if (last?.key === key && last.network === network) return last.result;
    const result = execute(input, opening);
    const own = (last = { key, network, result });
    result.catch(() => {
      if (last === own) last = undefined;
    });
    return result;
  };
}
