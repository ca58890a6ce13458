import {
  ArchonError,
  soundPrice,
  type Component,
  type ComponentContribution,
  type Plugin,
  type TestApi,
} from '@archon-dse/core';
import { describeSchemas, describeTexts } from './meta-contract.js';
import { namingValues } from './named-values.js';
import { everyChoice, frozenCopy } from './options.js';

type Attributes = Component['attributes'];

/**
 * Suite for every component class of a plugin: it documents itself, and prices each of its actions and its area by its attributes alone.
 * Runs each check on the attributes of `cases`, or else the defaults, and on each of them with each value of each attribute that lists
 * its values.
 *
 * @param cases - by the name of a class, attributes to try; needed where some have no default
 */
export function describeComponentContract(
  plugin: Plugin,
  runner: TestApi,
  cases: Readonly<Record<string, readonly Attributes[]>> = {},
): void {
  const api = namingValues(runner);
  for (const component of plugin.components ?? []) {
    const { meta } = component;
    api.describe(`component class ${plugin.meta.namespace}/${meta.name}`, () => {
      describeTexts(meta, api);
      describeSchemas('attribute', meta.attributes, api);
      for (const given of choicesOf(component, cases[meta.name] ?? [{}])) {
        api.describe(`with ${JSON.stringify(given)}`, () => describePrice(component, given, api));
      }
    });
  }
}

/** Each case as it is, and with each other value of each attribute that lists its values. */
function choicesOf({ meta }: ComponentContribution, cases: readonly Attributes[]): readonly Attributes[] {
  const choices = cases.flatMap((given) =>
    everyChoice({ options: meta.attributes }).map((one) => ({ ...given, ...one })),
  );
  return [...new Map(choices.map((choice) => [JSON.stringify(choice), choice])).values()];
}

function describePrice(component: ComponentContribution, given: Attributes, { it, expect }: TestApi): void {
  const price = () => component.price(frozenCopy(given));

  it('gives the same price twice, from attributes it does not write to', () => {
    expect(price()).toEqual(price());
  });

  it('prices every action it declares and its area: finite, not below 0, with a source', () => {
    expect(priceProblems(component, price()), 'prices that cannot be').toEqual([]);
  });

  it('is plain JSON', () => {
    const priced = price();
    expect(JSON.parse(JSON.stringify(priced))).toEqual(priced);
  });
}

/** What a host would refuse of a price, one line each. */
function priceProblems({ meta }: ComponentContribution, price: unknown): readonly string[] {
  try {
    soundPrice(price, meta, { id: meta.name });
    return [];
  } catch (error) {
    if (!(error instanceof ArchonError)) throw error;
    return error.diagnostics.map(({ message }) => message);
  }
}
