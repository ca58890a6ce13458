import type { CycleCounts } from './cycle-counts.js';
import { FifoCoupled } from './fifo.kernel.js';
import { LockStep } from './lock-step.kernel.js';
import { checkMainHardware, type MainHardware } from './main-hardware.js';
import type { MainPhase } from './tile.js';

/**
 * The main phase of a block, which adds what it takes to `counts`.
 *
 * @throws ArchonError ARCHON_BAD_OPTION where the hardware makes no sense
 */
export function createMainPhase(hardware: MainHardware, counts: CycleCounts): MainPhase {
  checkMainHardware(hardware);
  return hardware.coupling === 'fifo' ? new FifoCoupled(hardware, counts) : new LockStep(hardware, counts);
}
