import type { AcceleratorContribution, Options, Plugin, TestApi } from '@archon-dse/core';
import { componentProblems, macProblems, metricProblems, runProblems, turnProblems } from './accelerator-checks.js';
import {
  ACCELERATOR_EXPECTATIONS,
  type AcceleratorConditions,
  type AcceleratorExpectation,
} from './accelerator-conditions.js';
import { describeVariations } from './accelerator-variations.js';
import { jsonCache, runRenamed, subjectOf } from './accelerator-subject.js';
import { hasOffChipActions, trafficProblems } from './compulsory-traffic.js';
import { describeMeta } from './meta-contract.js';
import { namingValues } from './named-values.js';
import { everyChoice } from './options.js';

/** The narrowest values that accelerators without a say in it are taken to have. */
const WORD_BITS = 8;

/**
 * Suite for every accelerator of a plugin: `supports` answers for every layer; `run` is pure, deterministic and independent of its cache,
 * of names and of runs before; and its figures fit the layers, the hardware and each other. Runs each check on the defaults, on each value
 * of each option that lists its values, and on `cases`; and compares the defaults with another value of each option.
 */
export function describeAcceleratorContract(plugin: Plugin, runner: TestApi, conditions: AcceleratorConditions): void {
  const api = namingValues(runner);
  for (const accelerator of plugin.accelerators ?? []) {
    api.describe(`accelerator ${plugin.meta.namespace}/${accelerator.meta.name}`, () => {
      describeMeta(accelerator.meta, api);
      for (const given of [...everyChoice(accelerator.meta), ...(conditions.cases ?? [])]) {
        api.describe(`with ${JSON.stringify(given)}`, () => {
          describePurity(accelerator, given, conditions, api);
          describeFigures(accelerator, given, conditions, api);
        });
      }
      describeVariations(accelerator, conditions, api);
    });
  }
}

function describePurity(
  contribution: AcceleratorContribution,
  given: Options,
  conditions: AcceleratorConditions,
  { it, expect }: TestApi,
): void {
  const subject = subjectOf(contribution, given, conditions);
  const { create, run, supported, workloads } = subject;

  it('answers for every layer, with a reason where it refuses', () => {
    const accelerator = create();
    const answers = workloads.map((layer) => accelerator.supports(layer));
    expect(
      answers.filter((answer) => !answer.ok && answer.reason.trim() === ''),
      'refusals without a reason',
    ).toEqual([]);
    expect(supported(accelerator).length > 0, 'a layer is supported').toBe(true);
  });

  it('gives the same result twice, from an input it does not write to', async () => {
    const accelerator = create();
    const first = await run(accelerator);
    expect(await run(accelerator), 'the same accelerator again').toEqual(first);
    expect(await run(create()), 'another one of the same options').toEqual(first);
  });

  it('is plain JSON', async () => {
    const result = await run(create());
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('gives the same result from a filled cache', async () => {
    const cache = jsonCache();
    const cold = await run(create(), { cache });
    expect(await run(create(), { cache })).toEqual(cold);
  });

  if (conditions.exceptions?.names === undefined) {
    it(ACCELERATOR_EXPECTATIONS.names, async () => {
      expect(await runRenamed(subject, create(), '-renamed')).toEqual(await run(create()));
    });
  }
}

function describeFigures(
  contribution: AcceleratorContribution,
  given: Options,
  conditions: AcceleratorConditions,
  { it, expect }: TestApi,
): void {
  const { wordBits = WORD_BITS, exceptions = {} } = conditions;
  const { options, create, run, supported, pricesOf, vectorWork } = subjectOf(contribution, given, conditions);
  const unless = (expectation: AcceleratorExpectation, test: () => Promise<void>): void => {
    if (exceptions[expectation] === undefined) it(ACCELERATOR_EXPECTATIONS[expectation], test);
  };

  it('lists components that can be priced', () => {
    const accelerator = create();
    expect(componentProblems(accelerator.components(), pricesOf(accelerator))).toEqual([]);
  });

  it('gives priced figures that fit the layers, the hardware and each other', async () => {
    const accelerator = create();
    const task = { workloads: supported(accelerator), vectorWork, components: accelerator.components() };
    expect(runProblems(await run(accelerator), { ...task, prices: pricesOf(accelerator) })).toEqual([]);
  });

  it('measures the metrics it declares, within their ranges, and no other', async () => {
    expect(metricProblems(await run(create()), contribution.meta, options)).toEqual([]);
  });

  unless('everyMac', async () => {
    const accelerator = create();
    expect(macProblems(await run(accelerator), supported(accelerator))).toEqual([]);
  });

  unless('inTurn', async () => {
    expect(turnProblems(await run(create()))).toEqual([]);
  });

  unless('traffic', async () => {
    const accelerator = create();
    const prices = pricesOf(accelerator);
    const bits = typeof wordBits === 'string' ? Number(options[wordBits]) : wordBits;
    expect(hasOffChipActions(prices), 'an action moves bits off the chip, or exceptions.traffic says why not').toBe(
      true,
    );
    for (const workload of supported(accelerator)) {
      const alone = await run(create(), { workloads: [workload], vectorWork: [] });
      expect(trafficProblems(alone, workload, prices, bits)).toEqual([]);
    }
  });
}
