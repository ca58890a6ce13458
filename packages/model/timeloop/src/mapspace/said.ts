import type { DataSpace } from '@archon-dse/loop-nest';

/** Whether a level keeps a data space; absent where no directive says. */
export type Said = Partial<Record<DataSpace, boolean>>;

/** Data spaces that no directive speaks of, by level: a mapper may choose whether a level keeps them. */
export function unsaid(said: readonly Said[], all: readonly DataSpace[]): readonly (readonly DataSpace[])[] {
  return said.map((own) => all.filter((space) => own[space] === undefined));
}
