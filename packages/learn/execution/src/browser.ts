import { fail } from '@archon-dse/core';

/**
 * In place of this package in a browser, where there are no checkpoints: accelerators import it when a point asks to be executed.
 *
 * @throws ArchonError ARCHON_WORKLOAD_UNSUPPORTED
 */
function refuse(): never {
  return fail({
    code: 'ARCHON_WORKLOAD_UNSUPPORTED',
    message: 'a browser executes no trained network',
    expected: 'the fidelity "analytical" in a browser',
    path: 'accelerator.options.fidelity',
  });
}

export { refuse as executedBlocks, refuse as executedLayers };
