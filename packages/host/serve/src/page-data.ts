import { buildReport, recordsSource, toPageData } from '@archon-dse/report';
import type { SweepRecords } from './sweep-records.js';

/** The report of the points so far, as its page reads it. */
export function pageData(records: SweepRecords): string {
  const { sweep, confirmations, effort } = records.note;
  return JSON.stringify(toPageData(buildReport(sweep, records, records.total, confirmations, effort)));
}

/** The same of one point alone, with all its layers; nothing where it has no record. */
export function pointData(records: SweepRecords, id: string): string | undefined {
  const record = records.record(id);
  return record === undefined
    ? undefined
    : JSON.stringify(toPageData(buildReport(records.note.sweep, recordsSource([record]))));
}
