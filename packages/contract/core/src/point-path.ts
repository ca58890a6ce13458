import type { JsonValue } from './json.js';
import { valueAtPath } from './option-members.js';
import type { Choice, Point } from './sweep.js';

/** A path into a point: network or accelerator, or the number of a stage; and an option. Draft-07 JSON Schemas take it as a pattern. */
export const POINT_PATH = '^(?:(network|accelerator)|stages\\[(\\d+)\\](?=\\.))(?:\\.options\\.(.+))?$';

/** What a path leads to, once it is taken apart. */
export interface PointPath {
  readonly part: 'network' | 'accelerator' | { readonly stage: number };
  /** Its name, or the path of a member of one; absent where the contribution itself is meant. */
  readonly option?: string;
}

/** Nothing for a text that is no path. */
export function readPointPath(text: string): PointPath | undefined {
  const found = new RegExp(POINT_PATH).exec(text);
  if (found === null) return undefined;
  const [, part, stage, option] = found;
  return {
    part: stage === undefined ? (part as 'network' | 'accelerator') : { stage: Number(stage) },
    ...(option === undefined ? {} : { option }),
  };
}

/** What a path leads to in a point: the id of a contribution, or the value of an option; nothing where the point has no such part. */
export function valueInPoint(point: Point, { part, option }: PointPath): JsonValue | undefined {
  const choice: Choice | undefined = typeof part === 'string' ? point[part] : point.stages[part.stage];
  return option === undefined ? choice?.use : choice && valueAtPath(choice.options, option);
}
