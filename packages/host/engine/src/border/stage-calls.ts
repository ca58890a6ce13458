import type { Options, Registered, StageContext, StageState } from '@archon-dse/core';
import type { Border } from './border.js';
import { copyReturned } from './returned.js';

/**
 * Has a stage say what keeps it from running on this machine.
 *
 * @throws ArchonError what its plugin throws
 */
export async function checkStage(
  border: Border,
  { id, plugin, contribution }: Registered<'stage'>,
  options: Options,
): Promise<void> {
  await border.blame({ plugin: plugin.name, contribution: id }, 'checking whether it can run', async () => {
    const answer: unknown = contribution.check?.(options); // plain JavaScript may answer with a promise
    await answer;
  });
}

/**
 * The state that a stage makes of the one before it, as plain data that nobody has checked.
 *
 * @throws ArchonError what its plugin throws; ARCHON_RESULT_INVALID when it returns something else
 */
export function applyStage(
  border: Border,
  { id, plugin, contribution }: Registered<'stage'>,
  {
    before,
    options,
    context,
  }: { readonly before: StageState; readonly options: Options; readonly context: StageContext },
): Promise<StageState> {
  return border.blame({ plugin: plugin.name, contribution: id }, 'applying the stage', async () =>
    copyReturned<StageState>(await contribution.apply(before, options, context), 'the state'),
  );
}
