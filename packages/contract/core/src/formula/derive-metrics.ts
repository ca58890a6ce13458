import { own } from '../own.js';
import { readPointPath, valueInPoint } from '../point-path.js';
import type { RecordHead } from '../record.js';
import type { Sweep } from '../sweep.js';
import { evaluateFormula } from './evaluate-formula.js';
import { parseFormula } from './parse-formula.js';

/** The metrics of a record with those a sweep derives from them, and why a derived one is missing. */
export interface DerivedMetrics {
  readonly metrics: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, string>>;
}

/**
 * Reads the formulas of a sweep once, for all its records. Derived values are part of no record and no id: they follow from the record and
 * the sweep whenever both are read, so that another formula needs no evaluation.
 */
export function metricDeriver({ metrics = [], constants = {} }: Pick<Sweep, 'metrics' | 'constants'>) {
  const formulas = metrics.map(({ name, formula }) => ({ name, formula: parseFormula(formula) }));
  return ({ metrics: measured, point, status }: RecordHead): DerivedMetrics => {
    if (formulas.length === 0 || status === 'failed') return { metrics: measured, reasons: {} };
    const values: Record<string, number> = { ...measured };
    const reasons: Record<string, string> = {};
    const valueOf = (name: string): number | undefined => {
      const path = readPointPath(name);
      const found = own(constants, name) ?? own(values, name) ?? (path && valueInPoint(point, path));
      return typeof found === 'number' ? found : undefined;
    };
    for (const { name, formula } of formulas) {
      const result = evaluateFormula(formula, valueOf);
      if (Object.hasOwn(measured, name)) reasons[name] = 'the point has a measured metric of this name';
      else if ('value' in result) values[name] = result.value;
      else reasons[name] = result.reason;
    }
    return { metrics: values, reasons };
  };
}
