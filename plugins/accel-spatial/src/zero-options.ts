import { defineOptions, fail, type OptionValues } from '@archon-dse/core';
import type { SpatialArchitecture } from '@archon-dse/architecture';

const share = (of: string) =>
  ({
    type: 'number',
    default: 1,
    minimum: 0,
    maximum: 1,
    description: `Share of non-zero ${of} of layers where no stage says it; each value by itself. For architectures that do something with zeros.`,
  }) as const;

/** What is known about the zeros of a network whose stages do not say it. */
export const ZERO_OPTIONS = defineOptions({
  weightDensity: share('weights'),
  inputDensity: share('inputs'),
  weightPattern: {
    type: 'string',
    default: 'anywhere',
    enum: ['anywhere', '2:4'],
    description:
      'Where zero weights are. 2:4: two of any four neighbours along the input channels are kept, where channels are whole fours; other layers are dense.',
  },
});

type ZeroOptions = OptionValues<typeof ZERO_OPTIONS>;

/** @throws ArchonError ARCHON_BAD_OPTION for zeros that the architecture does nothing with */
export function refuseIdleZeros(options: ZeroOptions, { sparse }: SpatialArchitecture): void {
  if (sparse !== undefined) return;
  for (const name of ['weightDensity', 'inputDensity', 'weightPattern'] as const) {
    const value = options[name];
    if (value === ZERO_OPTIONS[name].default) continue;
    fail({
      code: 'ARCHON_BAD_OPTION',
      message: `option ${name} is ${String(value)}, and the architecture does nothing with zeros`,
      expected: `${String(ZERO_OPTIONS[name].default)}, or an architecture with a section "sparse"`,
      path: `options.${name}`,
    });
  }
}
