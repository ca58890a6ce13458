import { ArchonError, type AcceleratorRun, type Diagnostic } from '@archon-dse/core';
import { copyRun } from '../border/copy-run.js';
import type { Platform } from '../platform.js';
import type { Task } from './check-work.js';
import { ActionPricer } from './price-actions.js';
import { priceRun } from './price-run.js';

/** What the evaluation of a point would refuse of a run; nothing where it would not. For suites that try accelerators without a network. */
export function runDiagnostics(run: AcceleratorRun, task: Task, show: Platform['show']): readonly Diagnostic[] {
  try {
    priceRun(copyRun(run), task, new ActionPricer(), show);
    return [];
  } catch (error) {
    if (error instanceof ArchonError) return error.diagnostics;
    throw error;
  }
}
