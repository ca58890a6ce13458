import { notCostedText, type JsonValue, type LayerExecution, type TrainingBudget } from '@archon-dse/core';
import { judgedReason } from '../../../feasibility.js';
import { pointLabel } from '../../../option-columns.js';
import { readExecution } from '../../../render/execution-data.js';
import type { PageData, PageDetail } from '../../../render/page-data.js';
import type { PointColumns } from '../../../render/page-points.js';
import type { PointState } from '../../../report-model.js';
import { unpackLayer, type Layer } from './layer.js';

/** One point of the page; what it has is looked up in the columns when it is asked for. */
export interface Point {
  /** Place among all points. */
  readonly index: number;
  readonly id: string;
  readonly label: string;
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly group: string;
  readonly state: PointState;
  readonly rank: number | undefined;
  readonly refines: string | undefined;
  readonly reason: string | undefined;
  /** Code and hint of a failure. */
  readonly code: string | undefined;
  readonly hint: string | undefined;
  readonly metrics: Readonly<Record<string, number | undefined>>;
  /** Empty where the page has no layers of the point. */
  readonly energyByName: () => Readonly<Record<string, number>>;
  readonly budgets: readonly TrainingBudget[];
  /** Layers that cost nothing here, by operation; empty where everything is costed. */
  readonly notCosted: string;
  readonly hasLayers: boolean;
  readonly withoutPictures: boolean;
  /** Undefined when the page does not hold this point's layers. */
  readonly layers: () => readonly Layer[] | undefined;
}

type Metrics = Point['metrics'];

/** The points of the columns. */
export function pointsOf(data: PageData, columns: PointColumns): readonly Point[] {
  const metricsOf = metricReader(data.summary.metrics, columns.metrics);
  return Array.from({ length: columns.ids.count }, (_, index) => new ColumnPoint(index, data, columns, metricsOf));
}

class ColumnPoint implements Point {
  readonly index: number;
  readonly #data: PageData;
  readonly #columns: PointColumns;
  readonly #metricsOf: (index: number) => Metrics;

  constructor(index: number, data: PageData, columns: PointColumns, metricsOf: (index: number) => Metrics) {
    this.index = index;
    this.#data = data;
    this.#columns = columns;
    this.#metricsOf = metricsOf;
  }

  get id(): string {
    return this.#columns.ids.at(this.index);
  }

  get label(): string {
    return pointLabel(this.options, this.#data.columns);
  }

  get options(): Point['options'] {
    const { options } = this.#columns;
    const entries = this.#data.columns.flatMap(({ key, values }, i): [string, JsonValue][] => {
      const value = values[options[i]?.[this.index] ?? -1];
      return value === undefined ? [] : [[key, value]];
    });
    return Object.fromEntries(entries);
  }

  get group(): string {
    return this.#valueOf(this.#columns.groups) ?? '';
  }

  get state(): PointState {
    return this.#valueOf(this.#columns.states) ?? 'feasible';
  }

  get rank(): number | undefined {
    return this.#columns.ranks[this.index] || undefined;
  }

  get refines(): string | undefined {
    const { refines } = this.#columns;
    return refines.size === 0 ? undefined : refines.get(this.id);
  }

  get reason(): string | undefined {
    const { state } = this;
    if (state === 'failed') return this.#valueOf(this.#columns.errors)?.message ?? 'failed without an error';
    if (state === 'notFinite') return this.#valueOf(this.#columns.reasons);
    const { summary } = this.#data;
    return state === 'constraint' ? judgedReason(this.metrics, summary, summary.derived) : undefined;
  }

  get code(): string | undefined {
    return this.#valueOf(this.#columns.errors)?.code;
  }

  get hint(): string | undefined {
    return this.#valueOf(this.#columns.errors)?.hint;
  }

  get metrics(): Metrics {
    return this.#metricsOf(this.index);
  }

  energyByName(): Readonly<Record<string, number>> {
    const energies = this.#detail?.energies ?? [];
    const named = this.#data.energyNames.map((name, i): [string, number] => [name, energies[i] ?? 0]);
    return Object.fromEntries(named.filter(([, pj]) => pj !== 0));
  }

  get budgets(): readonly TrainingBudget[] {
    const { budgets } = this.#data.summary.provenance;
    return (this.#valueOf(this.#columns.budgets) ?? []).flatMap((at) => budgets[at] ?? []);
  }

  get notCosted(): string {
    const { notCosted } = this.#data.summary.provenance;
    return notCostedText(notCosted[this.#columns.notCosted[this.index] ?? -1] ?? {});
  }

  get hasLayers(): boolean {
    return this.#detail?.layers !== undefined;
  }

  get withoutPictures(): boolean {
    return this.#detail?.withoutPictures ?? false;
  }

  layers(): readonly Layer[] | undefined {
    const { layers, executions } = this.#data;
    const executionOf = (i: number): LayerExecution | undefined =>
      readExecution(this.#detail?.executions?.[i], executions);
    return this.#detail?.layers?.map((row, i) => unpackLayer(layers, row, executionOf(i)));
  }

  get #detail(): PageDetail | undefined {
    return this.#data.details[this.index];
  }

  #valueOf<T>({ values, codes }: { readonly values: readonly T[]; readonly codes: Int32Array }): T | undefined {
    return values[codes[this.index] ?? -1];
  }
}

/** Metrics by name that are looked up one by one: points are many, and most of their metrics are never asked for. */
function metricReader(names: readonly string[], columns: readonly Float64Array[]): (index: number) => Metrics {
  class MetricsOfPoint {
    readonly [AT]: number;
    constructor(index: number) {
      this[AT] = index;
    }
  }
  for (const [i, name] of names.entries()) {
    Object.defineProperty(MetricsOfPoint.prototype, name, {
      enumerable: true,
      get(this: MetricsOfPoint): number | undefined {
        const value = columns[i]?.[this[AT]] ?? NaN;
        return Number.isNaN(value) ? undefined : value;
      },
    });
  }
  return (index) => new MetricsOfPoint(index) as unknown as Metrics;
}

const AT = Symbol('index of the point');
