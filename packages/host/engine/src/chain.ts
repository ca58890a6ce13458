import { canonicalJson, type Point, type StageState, type VectorWork, type Workload } from '@archon-dse/core';
import type { NetworkDescription } from '@archon-dse/workload';

/** The part of a point that decides its network: what is built and the stages it goes through. */
export type Chain = Pick<Point, 'network' | 'stages' | 'seed'>;

export function chainKey({ network, stages, seed }: Chain): string {
  return canonicalJson({ network, stages, seed } satisfies Chain);
}

/** A network after its stages, and what accelerators see of it. */
export interface PreparedNetwork {
  readonly state: StageState;
  readonly workloads: readonly Workload[];
  readonly vectorWork: readonly VectorWork[];
  readonly description: NetworkDescription;
}
