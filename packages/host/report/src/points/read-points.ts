import {
  feasibilityOf,
  groupKey,
  metricDeriver,
  ranksOf,
  type Confirmation,
  type Diagnostic,
  type RecordHead,
  type Sweep,
  type TrainingBudget,
} from '@archon-dse/core';
import { reasonOf } from '../feasibility.js';
import { flattenPoint } from '../option-columns.js';
import type { PointState } from '../report-model.js';
import { GrowingCodes, GrowingNumbers } from './coded.js';
import { OptionRows } from './option-rows.js';
import { costsOf, feasiblePlaces, STATES, type PointTable } from './point-table.js';
import type { RecordSource } from './source.js';

type NotCosted = NonNullable<RecordHead['notCosted']>;

/** Reads the heads of all records once, row by row, into columns. */
class PointReader {
  readonly ids: string[] = [];
  readonly #sweep: Sweep;
  readonly #derive: ReturnType<typeof metricDeriver>;
  readonly #options = new OptionRows();
  readonly #optionShapes = new GrowingCodes<readonly string[]>();
  readonly #metrics = new Map<string, GrowingNumbers>();
  readonly #metricShapes = new GrowingCodes<readonly string[]>();
  readonly #groups = new GrowingCodes<string>();
  readonly #states = new GrowingCodes<PointState>();
  readonly #budgets = new GrowingCodes<readonly TrainingBudget[]>();
  readonly #notCosted = new GrowingCodes<NotCosted>();
  readonly #errors = new GrowingCodes<Diagnostic>();
  readonly #reasons = new GrowingCodes<string>();

  constructor(sweep: Sweep) {
    this.#sweep = sweep;
    this.#derive = metricDeriver(sweep);
  }

  add(head: RecordHead): void {
    const row = this.ids.push(head.pointId) - 1;
    const options = flattenPoint(head.point);
    this.#options.set(row, options);
    const keys = Object.keys(options);
    this.#optionShapes.set(row, keys, keys.join('\n'));
    this.#groups.set(row, groupKey(head.point, this.#sweep));
    const { metrics, reasons } = this.#derive(head);
    this.#setMetrics(row, metrics);
    const found = feasibilityOf({ status: head.status, metrics }, this.#sweep);
    this.#states.set(row, found.state);
    if (found.state === 'notFinite') this.#reasons.set(row, reasonOf(found, { metrics, reasons }, this.#sweep.metrics));
    if (head.budgets !== undefined) this.#budgets.set(row, head.budgets);
    if (head.notCosted !== undefined) this.#notCosted.set(row, head.notCosted);
    if (head.error !== undefined) this.#errors.set(row, head.error);
  }

  #setMetrics(row: number, metrics: RecordHead['metrics']): void {
    const names = Object.keys(metrics);
    this.#metricShapes.set(row, names, names.join('\n'));
    for (const name of names) {
      let column = this.#metrics.get(name);
      if (column === undefined) this.#metrics.set(name, (column = new GrowingNumbers()));
      column.set(row, metrics[name] ?? NaN);
    }
  }

  finish(source: RecordSource, confirmed: Confirmed | undefined): PointTable {
    const { order, ...options } = this.#options.finish(this.ids);
    const inOrder = <T>(column: GrowingCodes<T>) => column.inOrder(order);
    const ids = Array.from(order, (row) => this.ids[row] ?? '');
    const columnOf = new Map(options.columns.map(({ key }, column) => [key, column]));
    const shapes = inOrder(this.#optionShapes);
    const states = inOrder(this.#states);
    const numbers = states.values.map((state) => STATES.indexOf(state));
    return {
      ids,
      options,
      optionShapes: {
        codes: shapes.codes,
        values: shapes.values.map((keys) => keys.map((key) => columnOf.get(key) ?? -1)),
      },
      metrics: new Map([...this.#metrics].map(([name, column]) => [name, column.inOrder(order)])),
      metricShapes: inOrder(this.#metricShapes),
      groups: inOrder(this.#groups),
      states: Uint8Array.from(states.codes, (code, at) => stateIn(numbers[code] ?? 0, ids[at] ?? '', confirmed)),
      ranks: new Uint32Array(ids.length),
      refines: confirmed ?? new Map(),
      budgets: inOrder(this.#budgets),
      notCosted: inOrder(this.#notCosted),
      errors: inOrder(this.#errors),
      reasons: inOrder(this.#reasons),
      sweep: this.#sweep,
      source,
    };
  }
}

/** The points of a second step that have a record, and which of the first each confirms; of several the first. */
type Confirmed = ReadonlyMap<string, string>;

/** A feasible point that only the first step of two has is on no front. */
function stateIn(state: number, id: string, confirmed: Confirmed | undefined): number {
  const isFirstOnly = state === 0 && confirmed !== undefined && !confirmed.has(id);
  return isFirstOnly ? STATES.indexOf('screened') : state;
}

/** Nothing before the second step has a record: the report is then of the first. */
function confirmedIn(ids: readonly string[], confirmations: readonly Confirmation[] = []): Confirmed | undefined {
  const present = new Set(confirmations.length === 0 ? [] : ids);
  const entries = confirmations
    .filter(({ pointId }) => present.has(pointId))
    .map(({ pointId, refines }) => [pointId, refines] as const);
  return entries.length === 0 ? undefined : new Map(entries.reverse());
}

/** All points of a source, ranked in their groups. */
export function readPoints(
  sweep: Sweep,
  source: RecordSource,
  confirmations: readonly Confirmation[] | undefined,
  onHead: (head: RecordHead) => void,
): PointTable {
  const reader = new PointReader(sweep);
  for (const head of source.heads()) {
    reader.add(head);
    onHead(head);
  }
  const table = reader.finish(source, confirmedIn(reader.ids, confirmations));
  for (const group of table.groups.values.keys()) {
    const places = feasiblePlaces(table, group);
    const ranks = ranksOf(costsOf(table, places), sweep.objectives.length);
    for (const [row, at] of places.entries()) table.ranks[at] = ranks[row] ?? 0;
  }
  return table;
}
