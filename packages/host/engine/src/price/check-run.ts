import { own, type AcceleratorRun, type ActionCount, type LayerRun, type PriceTables } from '@archon-dse/core';
import type { PricedActions } from './price-actions.js';
import { checkExecution } from './check-execution.js';
import { LONGEST_NAME, refuse, type Problem } from './problem.js';
import { excerpt } from '../border/safe-text.js';
import type { Platform } from '../platform.js';

/** Rounding lets a fully busy array come out a little over 1. */
const UTILIZATION_SLACK = 1e-9;

type Show = Platform['show'];

/**
 * Refuses what an accelerator must not return: counts that are no numbers, fractions of a cycle, actions nobody can price.
 *
 * @param priced - what `priceActions` made of the actions of each layer; nothing where one of them is unsound
 * @param show - a value in a few words, for messages
 * @throws ArchonError ARCHON_RESULT_INVALID, one diagnostic for each wrong value, naming layer, component and action
 */
export function checkRun(
  run: AcceleratorRun,
  prices: PriceTables,
  priced: readonly (PricedActions | undefined)[],
  show: Show,
): void {
  const problems: readonly Problem[] = [
    ...expectCycles('cycles of the network', run.cycles, show),
    ...(run.layers.length === 0 ? [['no layer was run', 'at least one'] as const] : []),
    ...run.layers.flatMap((layer, index) =>
      isSound(layer, show) && priced[index] !== undefined
        ? []
        : checkLayer(layer, prices, show).map((found): Problem => [
            ...found,
            isText(layer.name) ? layer.name : `${index}`,
          ]),
    ),
  ];
  refuse(problems);
}

type Finding = readonly [message: string, expected: string];

function checkLayer(layer: LayerRun, prices: PriceTables, show: Show): readonly Finding[] {
  return [
    ...expectTexts(layer, show),
    ...expectCycles('cycles', layer.cycles, show),
    ...expectCount('macs', layer.macs, show),
    ...(isUtilization(layer.utilization) ? [] : [[`utilization is ${show(layer.utilization)}`, '0..1'] as const]),
    ...(layer.execution === undefined ? [] : checkExecution(layer.execution, layer, show)),
    ...layer.actions.flatMap((action) => checkAction(action, prices, show)),
  ];
}

/** Most layers are: texts are only made for those that are not. Actions are looked at apart. */
function isSound(layer: LayerRun, show: Show): boolean {
  const { name, block, role, phase, mapping, tiles, notMultiplied, notes, cycles, macs, utilization, execution } =
    layer;
  return (
    isText(name) &&
    isText(block) &&
    isText(role) &&
    isTextOrNone(phase) &&
    isTextOrNone(mapping) &&
    isTextOrNone(tiles) &&
    isTextOrNone(notMultiplied) &&
    (notes === undefined || notes.every(isText)) &&
    isCycles(cycles) &&
    isCount(macs) &&
    isUtilization(utilization) &&
    (execution === undefined || checkExecution(execution, layer, show).length === 0)
  );
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNone = (value: unknown): boolean => value === undefined || isText(value);
const isCycles = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isCount = (value: number): boolean => Number.isFinite(value) && value >= 0;
const isUtilization = (value: number): boolean =>
  Number.isFinite(value) && value >= 0 && value <= 1 + UTILIZATION_SLACK;

function quote(name: unknown, show: Show): string {
  return typeof name === 'string' ? `"${excerpt(name, LONGEST_NAME)}"` : show(name);
}

function checkAction(
  { component, action, count, dataSpace }: ActionCount,
  prices: PriceTables,
  show: Show,
): readonly Finding[] {
  const what = `action ${quote(action, show)} of component ${quote(component, show)}`;
  const counted = expectCount(`${what}${dataSpace === undefined ? '' : ` on ${dataSpace}`}: count`, count, show);
  if (own(own(prices.ert, component) ?? {}, action) !== undefined) return counted;
  const known = Object.keys(own(prices.ert, component) ?? {});
  const names = known.length > 0 ? known : Object.keys(prices.ert);
  return [...counted, [`${what} has no price`, `one of: ${names.join(', ')}`]];
}

/** Texts go into the record as they are, so they must be texts. */
function expectTexts(layer: LayerRun, show: Show): readonly Finding[] {
  const { name, block, role, phase = '', mapping = '', tiles = '', notMultiplied = '', notes = [] } = layer;
  return [
    ['name', name] as const,
    ['block', block] as const,
    ['role', role] as const,
    ['phase', phase] as const,
    ['mapping', mapping] as const,
    ['tiles', tiles] as const,
    ['notMultiplied', notMultiplied] as const,
    ...notes.map((note, index) => [`notes[${index}]`, note] as const),
  ]
    .filter(([, value]) => !isText(value))
    .map(([what, value]) => [`${what} is ${show(value)}`, 'a text'] as const);
}

function expectCycles(what: string, value: number, show: Show): readonly Finding[] {
  return isCycles(value) ? [] : [[`${what} is ${show(value)}`, 'a whole number >= 0']];
}

function expectCount(what: string, value: number, show: Show): readonly Finding[] {
  return isCount(value) ? [] : [[`${what} is ${show(value)}`, 'a finite number >= 0']];
}
