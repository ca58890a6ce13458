import type { EvaluationRecord } from '@archon-dse/core';
import { sha256 } from '@archon-dse/core/files';
import { recordMistake, type BadLine, REMOVE } from './sound-record.js';

/** The last member of a line: a digest of all that stands before it. */
const CHECK = /,"check":"([0-9a-f]{8})"\}$/;

/** Reads a line of the format before this one, a whole record. One without a digest, as still earlier versions wrote it, must have the form of a record at least. */
export function readPlainLine(text: string): EvaluationRecord | BadLine {
  const check = CHECK.exec(text);
  const body = check === null ? undefined : text.slice(0, check.index);
  const value = parseJson(body === undefined ? text : `${body}}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { found: `"${text.slice(0, 60)}" is not a JSON object`, expected: 'an evaluation record', hint: REMOVE };
  }
  if (body !== undefined && check?.[1] !== sha256(body).slice(0, 8)) {
    return { found: 'the line was changed', expected: 'the line as it was written', hint: REMOVE };
  }
  return recordMistake(value) ?? (value as EvaluationRecord);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
