import {
  type AcceleratorInput,
  type AcceleratorModel,
  type AcceleratorRun,
  canonicalJson,
  type LayerCache,
  type Options,
  type PriceComponents,
  type Workload,
} from '@archon-dse/core';
import {
  componentProblems,
  frozenCopy,
  jsonCache,
  macProblems,
  runProblems,
  supportProblems,
} from './accelerator-checks.js';
import { optionProblems } from './option-checks.js';
import { SAMPLE_WORKLOADS } from './sample-workloads.js';

/** The part of a test framework a suite needs; vitest's, jest's and mocha's functions fit. */
export interface TestFramework {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, body: () => void) => void;
}

export interface AcceleratorSubject {
  readonly accelerator: AcceleratorModel;
  /** Prices its components: `priceComponents` of `@archon-dse/pricing`, or a table of your own. */
  readonly price: PriceComponents;
  /** Option values to test beside the defaults, each laid over them. */
  readonly variants?: readonly Options[];
  /** Layers to run, {@link SAMPLE_WORKLOADS} by default; those the accelerator refuses are left out. */
  readonly workloads?: readonly Workload[];
  /** False for an accelerator that skips or replaces work, as fused execution does; true by default. */
  readonly executesEveryMac?: boolean;
}

/**
 * The contract of an accelerator, as tests: `supports` answers for every layer, `run` is pure, deterministic and independent of the
 * cache, and every figure is priced, finite and in range.
 */
export function describeAcceleratorContract(framework: TestFramework, subject: AcceleratorSubject): void {
  const { describe, it } = framework;
  const { accelerator, variants = [] } = subject;
  describe(`accelerator contract: ${accelerator.meta.name}`, () => {
    it('documents every option and gives each a default of its own type', () => {
      report(optionProblems(accelerator.meta.options));
    });
    for (const variant of [{}, ...variants]) {
      describe(`options ${canonicalJson(variant)}`, () => {
        describeRuns(it, subject, { ...defaultsOf(accelerator), ...variant });
      });
    }
  });
}

function describeRuns(it: TestFramework['it'], subject: AcceleratorSubject, options: Options): void {
  const { accelerator, price, workloads = SAMPLE_WORKLOADS, executesEveryMac = true } = subject;
  const prices = price(accelerator.components(options));
  const supported = workloads.filter((workload) => accelerator.supports(workload, options).ok);
  const input = (cache: LayerCache): AcceleratorInput => ({ workloads: supported, options, prices, cache, seed: 1 });
  const run = (cache: LayerCache = jsonCache()): AcceleratorRun => accelerator.run(input(cache));

  it('answers for every layer, with a reason where it refuses', () => {
    report(supportProblems(accelerator, workloads, options));
    report(supported.length > 0 ? [] : ['none of the workloads is supported']);
  });

  it('lists components that can be priced', () => {
    report(componentProblems(accelerator.components(options), prices));
  });

  it('gives finite, priced figures for every layer', () => {
    report(runProblems(run(), accelerator.components(options), prices));
  });

  if (executesEveryMac) it('executes every MAC once', () => report(macProblems(run(), supported)));

  it('gives the same result again', () => {
    report(differences(run(), run()));
  });

  it('gives the same result from a filled cache', () => {
    const cache = jsonCache();
    const cold = run(cache);
    report(differences(run(cache), cold));
  });

  it('does not write to its input', () => {
    const { cache, ...plain } = input(jsonCache());
    report(differences(accelerator.run({ ...frozenCopy(plain), cache }), run()));
  });
}

function defaultsOf(accelerator: AcceleratorModel): Options {
  const { options } = accelerator.meta;
  return Object.fromEntries(Object.entries(options).map(([name, schema]) => [name, schema.default]));
}

function differences(actual: unknown, expected: unknown): readonly string[] {
  const [a, b] = [canonicalJson(actual), canonicalJson(expected)];
  return a === b ? [] : [`two runs differ:\n${a}\n${b}`];
}

/** Fails the test with all problems at once. */
function report(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
