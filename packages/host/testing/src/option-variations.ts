import type {
  Accelerator,
  AcceleratorContribution,
  JsonValue,
  Options,
  OptionSchema,
  Workload,
} from '@archon-dse/core';
import { ArchonError } from '@archon-dse/core';
import { withDefaults } from './options.js';

/** An accelerator with one option set to another value. */
export interface Variation {
  readonly option: string;
  readonly value: JsonValue;
  readonly options: Options;
  readonly accelerator: Accelerator;
}

/**
 * For every option the accelerator with another value of it: numbers are doubled, or halved where that is too much, flags turned, and of
 * listed values the next is taken. Those that the accelerator refuses are left out.
 */
export function variationsOf(
  contribution: AcceleratorContribution,
  workloads: readonly Workload[],
): readonly Variation[] {
  const before = withDefaults(contribution.meta);
  return Object.entries(contribution.meta.options).flatMap(([option, schema]) => {
    const value = otherValue(schema, before[option]);
    if (value === undefined) return [];
    const options = { ...before, [option]: value };
    const accelerator = accepted(contribution, options, workloads);
    return accelerator === undefined ? [] : [{ option, value, options, accelerator }];
  });
}

/** The accelerator of some options, where it takes them and has nothing against the workloads it supports. */
function accepted(
  contribution: AcceleratorContribution,
  options: Options,
  workloads: readonly Workload[],
): Accelerator | undefined {
  try {
    const accelerator = contribution.create(options);
    const supported = workloads.filter((workload) => accelerator.supports(workload).ok);
    accelerator.check?.(supported);
    return supported.length === 0 ? undefined : accelerator;
  } catch (error) {
    if (error instanceof ArchonError) return undefined;
    throw error;
  }
}

function otherValue(schema: OptionSchema, value: JsonValue | undefined): JsonValue | undefined {
  if (schema.enum !== undefined) return schema.enum.find((each) => each !== value);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'number' || value === 0) return undefined;
  const { minimum = -Infinity, maximum = Infinity } = schema as {
    readonly minimum?: number;
    readonly maximum?: number;
  };
  const half = schema.type === 'integer' ? Math.floor(value / 2) : value / 2;
  return [2 * value, half].find((each) => each !== value && each >= minimum && each <= maximum);
}
