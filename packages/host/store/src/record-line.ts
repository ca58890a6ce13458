import type { EvaluationRecord, RecordHead } from '@archon-dse/core';
import type { PackedBlock } from './block.js';
import { checkedLine } from './check.js';
import type { RecordBody, SaidOfRecord } from './record-parts.js';

/** How lines of this format begin; what follows is read by its place, so members keep their order. */
export const FORMAT = '{"format":2,';
const RECORD = `${FORMAT}"pointId":"`;
const BLOCK = `${FORMAT}"block":`;
/** An id is so many hexadecimal digits. */
const ID_LENGTH = 16;
const ID = new RegExp(`^[0-9a-f]{${String(ID_LENGTH)}}$`);
/** So many characters have all that is read by its place. */
export const BEGINNING = 100;

/** Where a record is: its block in the same file, counted from 0, and which record of it. */
export interface Place {
  readonly block: number;
  readonly row: number;
}

/** What a line begins with. */
export type LineStart =
  | { readonly kind: 'record'; readonly pointId: string; readonly isOk: boolean; readonly block: number }
  | { readonly kind: 'block'; readonly block: number };

export function isId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text);
}

/** @throws TypeError for an id that is none: a mistake of the caller */
export function recordLine(record: Omit<EvaluationRecord, 'layers'>, { block, row }: Place): string {
  const { pointId, status, metrics, refines, error } = record;
  if (!isId(pointId)) throw new TypeError(`not the id of a point: ${JSON.stringify(pointId)}`);
  const place = `"block":${String(block)},"row":${String(row)}`;
  const rest = JSON.stringify({ metrics, refines, error }).slice(1, -1);
  return checkedLine(`${RECORD}${pointId}","status":"${status}",${place},${rest}`);
}

export function blockLine(block: number, { records, bodies, layers }: PackedBlock): string {
  return checkedLine(`${BLOCK}${String(block)},"records":${String(records)},"bodies":"${bodies}","layers":"${layers}"`);
}

const ID_END = RECORD.length + ID_LENGTH;
const OK = '","status":"ok","block":';
const FAILED = '","status":"failed","block":';

/** What a line is, by how it begins; nothing where it is no line of this format after all. @param beginning - {@link BEGINNING} characters of it */
export function readStart(beginning: string): LineStart | undefined {
  if (beginning.startsWith(BLOCK)) return numbered({ kind: 'block', block: numberAt(beginning, BLOCK.length) });
  const pointId = beginning.slice(RECORD.length, ID_END);
  const isOk = beginning.startsWith(OK, ID_END);
  const isRecord = beginning.startsWith(RECORD) && (isOk || beginning.startsWith(FAILED, ID_END)) && isId(pointId);
  if (!isRecord) return undefined;
  return numbered({ kind: 'record', pointId, isOk, block: numberAt(beginning, ID_END + (isOk ? OK : FAILED).length) });
}

function numberAt(text: string, at: number): number {
  return Number.parseInt(text.slice(at), 10);
}

function numbered(start: LineStart): LineStart | undefined {
  return start.block >= 0 ? start : undefined;
}

/** What the line of a record says, and where the rest is. */
export function readRecordLine(line: string): SaidOfRecord & { readonly place: Place } {
  const { pointId, status, metrics, refines, error, block, row } = JSON.parse(line) as SaidOfRecord & Place;
  return {
    ...{ pointId, status, metrics, place: { block, row } },
    ...(refines === undefined ? {} : { refines }),
    ...(error === undefined ? {} : { error }),
  };
}

/** A record but for its layers, of its line and what its block holds of it. */
export function joinHead({ pointId, refines, status, metrics, error }: SaidOfRecord, body: RecordBody): RecordHead {
  const { schemaVersion, point, ...rest } = body;
  return {
    ...{ schemaVersion, pointId, point, ...(refines === undefined ? {} : { refines }), status, metrics },
    ...{ ...rest, ...(error === undefined ? {} : { error }) },
  };
}
