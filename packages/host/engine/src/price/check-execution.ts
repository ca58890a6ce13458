import type { LayerExecution, LayerRun } from '@archon-dse/core';
import { excerpt } from '../border/safe-text.js';
import { LONGEST_NAME } from './problem.js';

/** What is wrong, and what was expected. */
type Finding = readonly [message: string, expected: string];
type Show = (value: unknown) => string;

/** The most names a member has, and the most entries a list has: it stands in every record. */
const MOST_NAMES = 64;
const MOST_ENTRIES = 256;
/** Rounding lets shares come out a little over 1, and stalls add up to a little over all cycles. */
const SLACK = 1 + 1e-9;

/** What is wrong with what an execution found: counts that are no numbers, shares above 1, more stalls than cycles, lists without end. */
export function checkExecution(
  execution: LayerExecution,
  { cycles }: Pick<LayerRun, 'cycles'>,
  show: Show,
): readonly Finding[] {
  const { cyclesAnalytical, stalls, shares, histograms, maps } = execution;
  const isWhole = Number.isSafeInteger(cyclesAnalytical) && cyclesAnalytical >= 0;
  const check = { count: expectCount(show), share: expectShare(show) };
  const findings = [
    ...(isWhole ? [] : [[`execution.cyclesAnalytical is ${show(cyclesAnalytical)}`, 'a whole number >= 0'] as const]),
    ...expectNamed('stalls', stalls, check.count, show),
    ...expectNamed('shares', shares, check.share, show),
    ...expectNamed('histograms', histograms, (path, list) => expectList(path, list, check.count, show), show),
    ...expectNamed('maps', maps, (path, rows) => expectTable(path, rows, check.share, show), show),
  ];
  return findings.length > 0 ? findings : expectPart(stalls, cycles);
}

type Expect = (path: string, value: unknown) => readonly Finding[];

function expectNamed(member: string, value: unknown, expect: Expect, show: Show): readonly Finding[] {
  const path = `execution.${member}`;
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [[`${path} is ${show(value)}`, 'an object']];
  const entries = Object.entries(value);
  if (entries.length > MOST_NAMES)
    return [[`${path} has ${String(entries.length)} names`, `at most ${String(MOST_NAMES)}`]];
  return entries.flatMap(([name, one]) => expect(`${path}["${excerpt(name, LONGEST_NAME)}"]`, one));
}

/** Finds the first entry that is wrong: the others are likely to be too. */
function expectList(path: string, value: unknown, expect: Expect, show: Show): readonly Finding[] {
  if (!Array.isArray(value)) return [[`${path} is ${show(value)}`, 'a list']];
  if (value.length > MOST_ENTRIES)
    return [[`${path} has ${String(value.length)} entries`, `at most ${String(MOST_ENTRIES)}`]];
  for (const [index, one] of value.entries()) {
    const findings = expect(`${path}[${String(index)}]`, one);
    if (findings.length > 0) return findings;
  }
  return [];
}

function expectTable(path: string, value: unknown, expect: Expect, show: Show): readonly Finding[] {
  const findings = expectList(path, value, (at, row) => expectList(at, row, expect, show), show);
  if (findings.length > 0) return findings;
  const rows = value as readonly (readonly unknown[])[];
  const { length = 0 } = rows[0] ?? [];
  const other = rows.findIndex((row) => row.length !== length);
  if (other < 0) return [];
  return [
    [`${path}[${String(other)}] has ${String(rows[other]?.length)} entries`, `${String(length)}, as the first row`],
  ];
}

function expectCount(show: Show): Expect {
  return (path, value) =>
    isFinite(value) && value >= 0 ? [] : [[`${path} is ${show(value)}`, 'a finite number >= 0']];
}

function expectShare(show: Show): Expect {
  return (path, value) =>
    isFinite(value) && value >= 0 && value <= SLACK ? [] : [[`${path} is ${show(value)}`, '0..1']];
}

function expectPart(stalls: LayerExecution['stalls'], cycles: number): readonly Finding[] {
  const lost = Object.values(stalls ?? {}).reduce((sum, one) => sum + one, 0);
  if (!(lost > cycles * SLACK)) return [];
  return [
    [`execution.stalls add up to ${String(lost)} of ${String(cycles)} cycles`, 'no more than the cycles of the layer'],
  ];
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}
