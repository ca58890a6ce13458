import type { DataSpace } from '@archon-dse/loop-nest';

/** Whether a level keeps a data space; absent where no directive says. */
export type Said = Partial<Record<DataSpace, boolean>>;
