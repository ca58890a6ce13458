import { RECORD_SCHEMA_VERSION } from '@archon-dse/core';
import { isId } from './record-line.js';

/** Why something is no record, what it should be, and what to do. */
export interface BadLine {
  readonly found: string;
  readonly expected: string;
  readonly hint: string;
}

export const REMOVE = 'Remove the line to evaluate its point again.';

/** What keeps an object from being a record. */
export function recordMistake(value: object): BadLine | undefined {
  return mistakeIn(value, MEMBERS);
}

/** What keeps an object from being a record without its layers. */
export function headMistake(value: object): BadLine | undefined {
  return mistakeIn(value, HEAD_MEMBERS);
}

function mistakeIn(value: object, members: readonly (readonly [string, IsSound])[]): BadLine | undefined {
  const record = value as JsonObject;
  if (record['schemaVersion'] !== RECORD_SCHEMA_VERSION) {
    const found = `schemaVersion is ${JSON.stringify(record['schemaVersion'])}`;
    const hint = 'Use another out directory for this version.';
    return { found, expected: `schemaVersion ${String(RECORD_SCHEMA_VERSION)}`, hint };
  }
  const wrong = members.find(([name, isSound]) => !isSound(record[name], record));
  if (wrong === undefined) return undefined;
  return { found: `its "${wrong[0]}" is not what it should be`, expected: 'an evaluation record', hint: REMOVE };
}

type JsonObject = Readonly<Record<string, unknown>>;
/** Whether a member is what it must be, given the whole record. */
type IsSound = (value: unknown, record: JsonObject) => boolean;

const isText = (value: unknown): boolean => typeof value === 'string';
const isFinite = (value: unknown): boolean => Number.isFinite(value);
const isTextOrNone = (value: unknown): boolean => value === undefined || isText(value);
const isTexts = (value: unknown): boolean => isMapOf(value, isText);
const isNumbers = (value: unknown): boolean => isMapOf(value, isFinite);
const isChoice = (value: unknown): boolean => isObject(value) && isText(value['use']) && isObject(value['options']);

const isPoint = (value: unknown): boolean =>
  isObject(value) &&
  isChoice(value['network']) &&
  isChoice(value['accelerator']) &&
  isListOf(value['stages'], isChoice) &&
  isFinite(value['seed']);

const isLayer = (value: unknown): boolean =>
  isObject(value) &&
  ['name', 'block', 'role'].every((name) => isText(value[name])) &&
  ['macs', 'cycles', 'energyPj', 'utilization'].every((name) => isFinite(value[name])) &&
  isNumbers(value['energyByComponentPj']) &&
  ['phase', 'mapping', 'tiles'].every((name) => isTextOrNone(value[name])) &&
  (value['notes'] === undefined || isListOf(value['notes'], isText)) &&
  (value['execution'] === undefined || isExecution(value['execution']));

const isExecution = (value: unknown): boolean =>
  isObject(value) &&
  isFinite(value['cyclesAnalytical']) &&
  isNumbers(value['stalls'] ?? {}) &&
  isNumbers(value['shares'] ?? {}) &&
  isMapOf(value['histograms'] ?? {}, (list) => isListOf(list, isFinite)) &&
  isMapOf(value['maps'] ?? {}, (rows) => isListOf(rows, (row) => isListOf(row, isFinite)));

const isProvenance = (value: unknown): boolean =>
  isObject(value) &&
  isListOf(value['plugins'], (plugin) => isObject(plugin) && isText(plugin['name']) && isTextOrNone(plugin['code'])) &&
  isText(value['engine']) &&
  isTextOrNone(value['engineCode']) &&
  (value['files'] === undefined || isListOf(value['files'], isFile)) &&
  isTexts(value['prices']);

const isFile = (value: unknown): boolean => isObject(value) && isText(value['option']) && isText(value['sha256']);

const isBudget = (value: unknown): boolean =>
  isObject(value) &&
  ['stage', 'recipe', 'dataset', 'backend'].every((name) => isText(value[name])) &&
  isTextOrNone(value['runtime']) &&
  ['images', 'testImages', 'epochs', 'batch', 'microBatch'].every((name) => isFinite(value[name]));

const isError = (value: unknown): boolean => isObject(value) && isText(value['code']) && isText(value['message']);

const HEAD_MEMBERS: readonly (readonly [string, IsSound])[] = Object.entries<IsSound>({
  pointId: isId,
  status: (status) => status === 'ok' || status === 'failed',
  point: isPoint,
  refines: isTextOrNone,
  metrics: isNumbers,
  provenance: isProvenance,
  notCosted: (counts) => counts === undefined || isNumbers(counts),
  budgets: (budgets) => budgets === undefined || isListOf(budgets, isBudget),
  error: (error, { status }) => error === undefined || (status === 'failed' && isError(error)),
  timing: isObject,
});

const isLayers: IsSound = (layers) => isListOf(layers, isLayer);

const MEMBERS = [...HEAD_MEMBERS, ['layers', isLayers] as const];

function isListOf(value: unknown, isSound: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isSound);
}

function isMapOf(value: unknown, isSound: (member: unknown) => boolean): boolean {
  return isObject(value) && Object.values(value).every(isSound);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
