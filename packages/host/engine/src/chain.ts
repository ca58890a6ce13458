import {
  canonicalJson,
  type Choice,
  type Point,
  type StageState,
  type VectorWork,
  type Workload,
} from '@archon-dse/core';
import type { NetworkDescription } from '@archon-dse/workload';
import { BoundedMap } from './bounded-map.js';

/** The part of a point that decides its network: what is built and the stages it goes through. */
export type Chain = Pick<Point, 'network' | 'stages' | 'seed'>;

/** Choices whose text is remembered: chains of points in a row share theirs. */
const REMEMBERED = 100;
const texts = new BoundedMap<Choice, string>(REMEMBERED);

const textOf = (choice: Choice): string => texts.getOrMake(choice, () => canonicalJson(choice));

/** Equal for equal chains. @param chain - never changes again: its choices are known by themselves */
export function chainKey({ network, stages, seed }: Chain): string {
  return `[${textOf(network)},[${stages.map(textOf).join(',')}],${JSON.stringify(seed)}]`;
}

/** A network after its stages, and what accelerators see of it. */
export interface PreparedNetwork {
  readonly state: StageState;
  readonly workloads: readonly Workload[];
  readonly vectorWork: readonly VectorWork[];
  readonly description: NetworkDescription;
}
