import {
  type Architecture,
  mappingKey,
  type MapperOptions,
  type MapspaceConstraints,
  type ModelOptions,
  type Objective,
  type Problem,
} from '@archon-dse/loop-nest';

/** A nest to map: everything its result depends on, prices included, since energy decides between equal delays. */
export interface NestRequest {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly constraints: MapspaceConstraints;
  /** What the search minimises; the least cycles, then the least energy, unless given. */
  readonly objective?: Objective;
  /** Whether factors may leave remainders; not unless given. */
  readonly factors?: MapperOptions['factors'];
  /** How mappings are evaluated. */
  readonly model?: ModelOptions;
  /**
   * Mappings to bound before the search stops with the best one so far; no limit unless given. A search that has found none goes on until it
   * has one.
   */
  readonly budget?: number | undefined;
}

/** What the result of a search depends on, in a text for caches. */
export function nestKey(request: NestRequest): string {
  const { problem, architecture, constraints, objective, factors = 'exact', model = {}, budget } = request;
  const key = mappingKey(problem, architecture, constraints, objective, { ...model, factors });
  return budget === undefined ? key : `${key} within ${budget}`;
}
