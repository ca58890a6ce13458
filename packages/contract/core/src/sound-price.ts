import type { ComponentMeta } from './define-component.js';
import { ArchonError, type Diagnostic } from './diagnostic.js';
import { own } from './own.js';
import type { ActionPrice, ComponentPrice, Price } from './pricing.js';

/** What a class prices: an action or the area. */
interface Priced {
  readonly what: string;
  readonly unit: string;
  readonly price: unknown;
}

/** A component class by its public id, and the plugin that brings it; none where it is built in. */
interface Pricer {
  readonly id: string;
  readonly plugin?: string;
}

/**
 * A price as its class declares it, with nothing else in it.
 *
 * @param price - what the class returned: anything
 * @throws ArchonError ARCHON_RESULT_INVALID, one diagnostic for each action, and for the area, that has no finite price >= 0 or no source,
 *   and for each action that is not declared
 */
export function soundPrice(price: unknown, meta: Pick<ComponentMeta, 'actions'>, pricer: Pricer): ComponentPrice {
  const { energyPj, areaUm2 } = isObject(price) ? price : {};
  const energies = isObject(energyPj) ? energyPj : {};
  const actions = Object.keys(meta.actions);
  const priced: readonly Priced[] = [
    ...actions.map((action) => ({ what: `action "${action}"`, unit: 'pJ', price: own(energies, action) })),
    { what: 'the area', unit: 'um2', price: areaUm2 },
  ];
  const [first, ...rest] = [
    ...priced.flatMap(problemsOf),
    ...Object.keys(energies)
      .filter((action) => !actions.includes(action))
      .map((action) => [`prices action "${action}"`, `actions that it declares: ${actions.join(', ')}`] as const),
  ].map((problem) => diagnosticOf(problem, pricer));
  if (first !== undefined) throw new ArchonError(first, ...rest);
  return {
    energyPj: Object.fromEntries(actions.map((action) => [action, actionRowOf(energies[action] as ActionPrice)])),
    areaUm2: rowOf(areaUm2 as Price),
  };
}

type Problem = readonly [found: string, expected: string];

function problemsOf({ what, unit, price }: Priced): readonly Problem[] {
  if (!isObject(price)) return [[`has no price for ${what}`, `{ value: ${unit}, source: where it comes from }`]];
  const { value, source, macs = 0, offChipBits = 0 } = price;
  return [
    ...(isAmount(value) ? [] : [[`prices ${what} at ${show(value)}`, `a finite number of ${unit} >= 0`] as const]),
    ...(isText(source)
      ? []
      : [[`prices ${what} without a source`, 'a text that says where the price comes from'] as const]),
    ...Object.entries({ macs, offChipBits })
      .filter(([, count]) => !isAmount(count))
      .map(([name, count]) => [`has ${show(count)} for ${name} of ${what}`, 'a finite number >= 0'] as const),
  ];
}

function diagnosticOf([found, expected]: Problem, { id, plugin }: Pricer): Diagnostic {
  const who = plugin === undefined ? id : `${id} of plugin "${plugin}"`;
  return {
    code: 'ARCHON_RESULT_INVALID',
    message: `${who} ${found}`,
    expected,
    ...(plugin === undefined ? {} : { plugin }),
  };
}

const rowOf = ({ value, source }: Price): Price => ({ value, source });
const actionRowOf = ({ macs, offChipBits, ...price }: ActionPrice): ActionPrice => ({
  ...rowOf(price),
  ...(macs === undefined ? {} : { macs }),
  ...(offChipBits === undefined ? {} : { offChipBits }),
});
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const isAmount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const show = (value: unknown): string =>
  typeof value === 'number' ? String(value) : `a value of type ${typeof value}`;
