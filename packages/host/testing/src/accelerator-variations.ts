import type { AcceleratorContribution, TestApi } from '@archon-dse/core';
import { ACCELERATOR_EXPECTATIONS, type AcceleratorConditions } from './accelerator-conditions.js';
import { jsonCache, runRenamed, subjectOf } from './accelerator-subject.js';
import { hasMore, slowerLayers } from './more-hardware.js';
import { variationsOf } from './option-variations.js';

/** What must hold between the accelerator of the defaults and the same with one option set to another value. */
export function describeVariations(
  contribution: AcceleratorContribution,
  conditions: AcceleratorConditions,
  { it, expect }: TestApi,
): void {
  const { exceptions = {} } = conditions;
  const subject = subjectOf(contribution, {}, conditions);
  const { create, run, workloads } = subject;
  const variations = () => variationsOf(contribution, workloads);

  it('remembers nothing of other options, in its cache or elsewhere', async () => {
    const cache = jsonCache();
    await run(create(), { cache });
    for (const { option, value, accelerator } of variations()) {
      const after = await run(accelerator, { cache });
      const what = `with ${option} ${JSON.stringify(value)}`;
      expect(await run(accelerator), `${what}, from an empty cache`).toEqual(after);
      if (exceptions.names !== undefined) continue;
      expect(await runRenamed(subject, accelerator, `-${option}`), `${what}, layers never run before`).toEqual(after);
    }
  });

  if (exceptions.growth !== undefined) return;
  it(ACCELERATOR_EXPECTATIONS.growth, async () => {
    const before = await run(create());
    for (const variation of variations().filter((each) => hasMore(create(), each))) {
      expect(slowerLayers(before, await run(variation.accelerator), variation)).toEqual([]);
    }
  });
}
