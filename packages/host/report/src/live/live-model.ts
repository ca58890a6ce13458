import type { PointCounts, RunStatus } from '@archon-dse/core';

/**
 * How a run is: as it tells itself, `silent` when it has told nothing for a while, `dead` when its process is gone without an end. Folders of
 * before there was `progress.json` have no run to tell of.
 */
export type RunState = RunStatus['state'] | 'silent' | 'dead' | 'none';

/** A sweep that the dashboard serves, in its list. */
export interface ServedSweep {
  /** Names it in addresses. */
  readonly id: string;
  readonly name: string;
  /** Its folder, as it was named to the server. */
  readonly folder: string;
  readonly state: RunState;
  readonly points?: PointCounts;
  /** ISO 8601. */
  readonly updatedAt?: string;
}

/** How far a sweep is. */
export interface LiveStatus {
  readonly state: RunState;
  /** What its last run told. */
  readonly run?: RunStatus;
  /** Points of the sweep that have a record, and how many it has; of search strategies as far as they have asked. */
  readonly records: number;
  readonly total: number;
  /** What keeps the folder from being read. */
  readonly problem?: { readonly message: string; readonly hint?: string };
}

/** A report that can be fetched: another revision has other contents. */
export interface LiveReport {
  readonly revision: number;
  readonly records: number;
}
