import type { OptionSchema } from '@archon-dse/core';

/** How many points a strategy asks for at a time. */
export function batchOption(usual: number, description: string) {
  return {
    type: 'integer',
    minimum: 1,
    maximum: 10_000,
    default: usual,
    unit: 'points',
    description,
  } as const satisfies OptionSchema;
}
