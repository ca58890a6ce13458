import { canonicalJson, isNamedList, valuesByPath, type Choice, type JsonValue, type Point } from '@archon-dse/core';
import type { Coded } from './points/coded.js';
import type { OptionColumn } from './report-model.js';

type Options = Readonly<Record<string, JsonValue>>;

/**
 * A point as one flat row, keyed by path: `network`, `network.options.width`, `stages[0]`, `accelerator.options.meshX`, ...
 * Maps are there by their members. A contribution's own key holds its public id.
 */
export function flattenPoint(point: Point): Options {
  const row: Record<string, JsonValue> = {};
  const add = (path: string, choice: Choice): void => {
    row[path] = choice.use;
    for (const [option, value] of valuesByPath(choice.options)) {
      if (!hasMembers(value)) row[`${path}.options.${option}`] = value;
    }
  };
  add('network', point.network);
  for (const [i, stage] of point.stages.entries()) add(`stages[${i}]`, stage);
  add('accelerator', point.accelerator);
  return row;
}

function hasMembers(value: JsonValue): boolean {
  if (isNamedList(value)) return true;
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/**
 * Columns over all points: network first, then stages, then accelerator; options by name.
 *
 * A contribution varies when points use different ones. An option varies when points that use the same contribution differ in it: what
 * only one accelerator has and keeps fixed is said by the accelerator's name already. So it is with what a document with a name holds.
 *
 * @param coded - by path, the distinct values in ascending order and which of them each point has
 */
export function columnsOf(coded: ReadonlyMap<string, Coded<JsonValue>>): OptionColumn[] {
  const keys = [...coded.keys()].sort(compareKeys);
  const lastParts = keys.map(lastPart);
  return keys.map((key, i) => {
    const last = lastParts[i] ?? key;
    const isUnique = lastParts.indexOf(last) === lastParts.lastIndexOf(last);
    const { values, codes } = coded.get(key) ?? { values: [], codes: new Int32Array() };
    return {
      key,
      label: isUnique && !isDocumentName(key) ? last : shortName(key, keys),
      values,
      varies: isOption(key)
        ? values.length > 1 &&
          differs(
            codes,
            ownersOf(key, keys).map((owner) => coded.get(owner)?.codes),
          )
        : values.length > 1 || codes.includes(-1),
    };
  });
}

/** Whether two points with the same owners have different values of one of their options. */
function differs(codes: Int32Array, owners: readonly (Int32Array | undefined)[]): boolean {
  const first = new Map<string, number>();
  return codes.some((code, row) => {
    if (code < 0) return false;
    const owner = owners.map((one) => one?.[row] ?? -1).join();
    const known = first.get(owner) ?? code;
    first.set(owner, known);
    return known !== code;
  });
}

/** Keys of what an option belongs to: its contribution, and the names of the document that it is part of. */
function ownersOf(key: string, keys: readonly string[]): readonly string[] {
  const names = keys.filter((one) => isDocumentName(one) && key.startsWith(one.slice(0, -NAME.length)) && key !== one);
  return [contributionOf(key), ...names];
}

const NAME = 'name';

/** Whether a key is that of the name of a whole option, such as `accelerator.options.architecture.name`. */
function isDocumentName(key: string): boolean {
  return /\.options\.[^.]+\.name$/.test(key);
}

/** What a key is called where its last part is not enough: an option that is a document, a member of one, or any other option. */
function shortName(key: string, keys: readonly string[]): string {
  const option = key.replace('.options.', '.');
  if (isDocumentName(key)) return option.slice(option.indexOf('.') + 1, -NAME.length - 1);
  if (ownersOf(key, keys).length === 1) return option;
  const parts = key.split('.');
  const lengths = parts.map((_, index) => index + 1);
  const isOnly = (end: string): boolean => keys.filter((one) => one.endsWith(`.${end}`)).length === 1;
  const ends = lengths.map((length) => parts.slice(-length).join('.'));
  return ends.find(isOnly) ?? option;
}

/** Text of an option value: strings as they are, anything else as JSON. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : canonicalJson(value);
}

/** The varied options in words; ids without their namespace. */
export function pointLabel(row: Options, columns: readonly OptionColumn[]): string {
  const varied = columns.filter(({ varies, key }) => varies && key in row);
  const words = varied.map(({ key, label }) => {
    const text = valueText(row[key]);
    return isOption(key) ? `${label} ${text}` : text.slice(text.lastIndexOf('/') + 1);
  });
  return words.join(', ') || 'the only point';
}

/** Numbers by size, then everything else by its text; absent values first. */
export function compareValues(a: JsonValue, b: JsonValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  return compareText(valueText(a), valueText(b));
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isOption(key: string): boolean {
  return key.includes('.options.');
}

/** Key of the contribution that an option belongs to. */
function contributionOf(key: string): string {
  return key.slice(0, key.indexOf('.options.'));
}

const PARTS = ['network', 'stages', 'accelerator'];

function compareKeys(a: string, b: string): number {
  const part = (key: string): number => PARTS.findIndex((name) => key.startsWith(name));
  return part(a) - part(b) || stageIndex(a) - stageIndex(b) || compareText(placeOf(a), placeOf(b));
}

/** A document stands before its members. */
function placeOf(key: string): string {
  return isDocumentName(key) ? key.slice(0, -NAME.length) : key;
}

function stageIndex(key: string): number {
  return Number(/^stages\[(\d+)\]/.exec(key)?.[1] ?? 0);
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}
