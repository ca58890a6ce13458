import { canonicalJson, LEVEL_SEPARATOR, type JsonValue, type LayerRecord } from '@archon-dse/core';
import { byComponent } from '../energy.js';
import type { OptionColumn, PointState, ReportModel, ReportPoint } from '../report-model.js';
import { packExecutions, type PageExecutions, type PointExecutions } from './execution-data.js';
import { Indices, short } from './indices.js';

/**
 * The report as the page embeds it: names and repeated layers are stored once and referred to by index, energies have six digits.
 * The journal keeps full precision.
 */
export interface PageData {
  readonly summary: Omit<ReportModel, 'points' | 'columns'>;
  readonly columns: readonly OptionColumn[];
  /** `component` or `component/dataSpace` names of `PagePoint.energies`. */
  readonly energyNames: readonly string[];
  readonly points: readonly PagePoint[];
  readonly layers: PageLayers;
  /** Absent where nothing was executed. */
  readonly executions?: PageExecutions;
}

export interface PagePoint extends Partial<PointExecutions> {
  readonly id: string;
  /** Index into each column's values; -1 where the point has no such option. */
  readonly options: readonly number[];
  readonly group: string;
  readonly state: PointState;
  readonly rank?: number;
  readonly refines?: string;
  readonly reason?: string;
  readonly code?: string;
  readonly hint?: string;
  /** By `summary.metrics`; null where there is no finite value. */
  readonly metrics: readonly (number | null)[];
  /** Indices into `summary.provenance.budgets`; absent where there are none. */
  readonly budgets?: readonly number[];
  /** Index into `summary.provenance.notCosted`; absent where everything is costed. */
  readonly notCosted?: number;
  readonly energies: readonly number[];
  /** Rows of the layer table; absent when the budget was spent. */
  readonly layers?: readonly number[];
}

interface PageLayers {
  readonly strings: readonly string[];
  readonly components: readonly string[];
  /** Levels of each mapping, and what levels hold, as string indices. */
  readonly mappings: readonly (readonly number[])[];
  /**
   * name, block, role, phase, mapping, notes (indices, -1 without), macs, cycles, energyPj, utilization, tiles (as mapping), then each
   * component's pJ.
   */
  readonly rows: readonly (readonly number[])[];
}

/** Fields of a layer row before its component energies. */
export const LAYER_FIELDS = 11;

/**
 * Distinct layer rows the page holds, about 100 bytes each. The fronts' layers are always embedded; other points follow
 * in report order while rows are left.
 */
export const LAYER_ROW_BUDGET = 20_000;

/** Packs the report for the page. */
export function toPageData(model: ReportModel): PageData {
  const { points, columns, ...summary } = model;
  const energyNames = [...new Set(points.flatMap((point) => Object.keys(point.energyByComponentPj)))];
  const packer = new LayerPacker();
  const first = points.filter(({ rank }) => rank === 1);
  const rest = points.filter(({ rank, layers }) => rank !== 1 && layers.length > 0);
  const layersById = new Map(first.map(({ id, layers }) => [id, layers.map((layer) => packer.add(layer))]));
  for (const { id, layers } of rest) {
    if (packer.size + layers.length > LAYER_ROW_BUDGET) break;
    layersById.set(
      id,
      layers.map((layer) => packer.add(layer)),
    );
  }
  const executions = packExecutions([...first, ...rest].filter(({ id }) => layersById.has(id)));
  const indices = columns.map(({ values }) => new Map(values.map((value, i) => [JSON.stringify(value), i])));
  const optionIndex = (value: JsonValue | undefined, column: number): number =>
    indices[column]?.get(JSON.stringify(value)) ?? -1;
  const budgetIndices = new Map(model.provenance.budgets.map((budget, i) => [canonicalJson(budget), i]));
  const notCostedIndices = new Map(model.provenance.notCosted.map((counts, i) => [canonicalJson(counts), i]));
  const pack = (point: ReportPoint): PagePoint => ({
    id: point.id,
    options: columns.map(({ key }, i) => optionIndex(point.options[key], i)),
    group: point.group,
    state: point.state,
    ...(point.rank === undefined ? {} : { rank: point.rank }),
    ...(point.refines === undefined ? {} : { refines: point.refines }),
    ...(point.reason === undefined ? {} : { reason: point.reason }),
    ...(point.error === undefined ? {} : { code: point.error.code }),
    ...(point.error?.hint === undefined ? {} : { hint: point.error.hint }),
    metrics: model.metrics.map((metric) => finite(point.metrics[metric])),
    energies: energyNames.map((name) => short(point.energyByComponentPj[name] ?? 0)),
    ...(point.budgets.length === 0
      ? {}
      : { budgets: point.budgets.map((budget) => budgetIndices.get(canonicalJson(budget)) ?? -1) }),
    ...(point.notCosted === undefined ? {} : { notCosted: notCostedIndices.get(canonicalJson(point.notCosted)) ?? -1 }),
    ...(layersById.has(point.id) ? { layers: layersById.get(point.id) ?? [] } : {}),
    ...executions.byId.get(point.id),
  });
  return {
    ...{ summary, columns, energyNames, points: points.map(pack), layers: packer.finish() },
    ...(executions.table === undefined ? {} : { executions: executions.table }),
  };
}

/** Stores each distinct string, mapping and layer row once. */
class LayerPacker {
  readonly #strings = new Indices();
  readonly #components = new Indices();
  readonly #mappings = new Indices();
  readonly #rows = new Indices();

  get size(): number {
    return this.#rows.keys.length;
  }

  /** Index of the layer's row. */
  add(layer: LayerRecord): number {
    const text = (value: string | undefined): number => (value === undefined ? -1 : this.#strings.index(value));
    const levels = (value: string | undefined): number => {
      if (value === undefined) return -1;
      const indices = value.split(LEVEL_SEPARATOR).map((level) => this.#strings.index(level));
      return this.#mappings.index(JSON.stringify(indices));
    };
    const energies: (number | undefined)[] = [];
    for (const [component, pj] of Object.entries(byComponent(layer.energyByComponentPj))) {
      energies[this.#components.index(component)] = short(pj);
    }
    const row = [
      text(layer.name),
      text(layer.block),
      text(layer.role),
      text(layer.phase),
      levels(layer.mapping),
      text(layer.notes?.join('; ')),
      layer.macs,
      layer.cycles,
      short(layer.energyPj),
      short(layer.utilization),
      levels(layer.tiles),
      ...Array.from(energies, (pj) => pj ?? 0),
    ];
    return this.#rows.index(JSON.stringify(row));
  }

  finish(): PageLayers {
    return {
      strings: this.#strings.keys,
      components: this.#components.keys,
      mappings: this.#mappings.keys.map((key) => JSON.parse(key) as number[]),
      rows: this.#rows.keys.map((key) => JSON.parse(key) as number[]),
    };
  }
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
