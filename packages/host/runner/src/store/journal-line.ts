import { RECORD_SCHEMA_VERSION, type EvaluationRecord } from '@archon-dse/core';
import { sha256 } from '@archon-dse/core/files';

/** The last member of a line: a digest of all that stands before it, so that a changed digit is found. */
const CHECK = /,"check":"([0-9a-f]{8})"\}$/;

/** A record as a line of the journal, without its newline. */
export function encodeLine(record: EvaluationRecord): string {
  const body = JSON.stringify(record).slice(0, -1);
  return `${body},"check":"${digestOf(body)}"}`;
}

/** Why a line is no record, what it should be, and what to do. */
export interface BadLine {
  readonly found: string;
  readonly expected: string;
  readonly hint: string;
}

const REMOVE = 'Remove the line to evaluate its point again.';

/** Reads a line. One without a digest, as earlier versions wrote it, must have the form of a record at least. */
export function decodeLine(text: string): EvaluationRecord | BadLine {
  const check = CHECK.exec(text);
  const body = check === null ? undefined : text.slice(0, check.index);
  const value = parseJson(body === undefined ? text : `${body}}`);
  if (!isObject(value)) {
    return { found: `"${text.slice(0, 60)}" is not a JSON object`, expected: 'an evaluation record', hint: REMOVE };
  }
  if (body !== undefined && check?.[1] !== digestOf(body)) {
    return { found: 'the line was changed', expected: 'the line as it was written', hint: REMOVE };
  }
  if (value['schemaVersion'] !== RECORD_SCHEMA_VERSION) {
    const found = `schemaVersion is ${JSON.stringify(value['schemaVersion'])}`;
    const hint = 'Use another out directory for this version.';
    return { found, expected: `schemaVersion ${String(RECORD_SCHEMA_VERSION)}`, hint };
  }
  const wrong = Object.entries(MEMBERS).find(([name, isSound]) => !isSound(value[name], value));
  if (wrong !== undefined) {
    return { found: `its "${wrong[0]}" is not what it should be`, expected: 'an evaluation record', hint: REMOVE };
  }
  return value as unknown as EvaluationRecord;
}

type JsonObject = Readonly<Record<string, unknown>>;

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

/** What each member must be, given the whole record. */
const MEMBERS: Readonly<Record<string, (value: unknown, record: JsonObject) => boolean>> = {
  pointId: isText,
  status: (status) => status === 'ok' || status === 'failed',
  point: isPoint,
  refines: isTextOrNone,
  metrics: isNumbers,
  layers: (layers) => isListOf(layers, isLayer),
  provenance: isProvenance,
  notCosted: (counts) => counts === undefined || isNumbers(counts),
  budgets: (budgets) => budgets === undefined || isListOf(budgets, isBudget),
  error: (error, { status }) => error === undefined || (status === 'failed' && isError(error)),
  timing: isObject,
};

function isListOf(value: unknown, isSound: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isSound);
}

function isMapOf(value: unknown, isSound: (member: unknown) => boolean): boolean {
  return isObject(value) && Object.values(value).every(isSound);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function digestOf(text: string): string {
  return sha256(text).slice(0, 8);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
