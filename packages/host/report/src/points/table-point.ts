import type { Diagnostic, EvaluationRecord, JsonValue, LayerRecord } from '@archon-dse/core';
import { sumEnergies } from '../energy.js';
import { judgedReason } from '../feasibility.js';
import { pointLabel } from '../option-columns.js';
import type { PointState, ReportPoint } from '../report-model.js';
import { STATES, valueOf, type PointTable } from './point-table.js';

/** One point of a table. What it has is read when it is asked for, and its layers from the journal. */
export class TablePoint implements ReportPoint {
  readonly #table: PointTable;
  readonly #at: number;

  constructor(table: PointTable, at: number) {
    this.#table = table;
    this.#at = at;
  }

  get id(): string {
    return this.#table.ids[this.#at] ?? '';
  }

  get label(): string {
    return pointLabel(this.options, this.#table.options.columns);
  }

  get options(): Readonly<Record<string, JsonValue>> {
    const { options, optionShapes } = this.#table;
    const entries = (valueOf(optionShapes, this.#at) ?? []).map((column): [string, JsonValue] => {
      const { key = '', values = [] } = options.columns[column] ?? {};
      return [key, values[options.codes[column]?.[this.#at] ?? -1] ?? null];
    });
    return Object.fromEntries(entries);
  }

  get group(): string {
    return valueOf(this.#table.groups, this.#at) ?? '';
  }

  get state(): PointState {
    return STATES[this.#table.states[this.#at] ?? 0] ?? 'feasible';
  }

  get refines(): string | undefined {
    return this.#table.refines.get(this.id);
  }

  get reason(): string | undefined {
    const { state } = this;
    const { sweep, reasons } = this.#table;
    if (state === 'failed') return this.error?.message ?? 'failed without an error';
    if (state === 'notFinite') return valueOf(reasons, this.#at);
    return state === 'constraint' ? judgedReason(this.metrics, sweep, sweep.metrics) : undefined;
  }

  get rank(): number | undefined {
    return this.#table.ranks[this.#at] || undefined;
  }

  get metrics(): Readonly<Record<string, number>> {
    const { metrics, metricShapes } = this.#table;
    const names = valueOf(metricShapes, this.#at) ?? [];
    return Object.fromEntries(names.map((name) => [name, metrics.get(name)?.[this.#at] ?? NaN]));
  }

  get energyByComponentPj(): Readonly<Record<string, number>> {
    return sumEnergies(this.layers);
  }

  get layers(): readonly LayerRecord[] {
    return this.#table.source.record(this.id)?.layers ?? [];
  }

  get budgets(): ReportPoint['budgets'] {
    return valueOf(this.#table.budgets, this.#at) ?? [];
  }

  get notCosted(): EvaluationRecord['notCosted'] | undefined {
    return valueOf(this.#table.notCosted, this.#at);
  }

  get error(): Diagnostic | undefined {
    return valueOf(this.#table.errors, this.#at);
  }
}
