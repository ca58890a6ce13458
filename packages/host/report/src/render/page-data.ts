import { canonicalJson, LEVEL_SEPARATOR, type LayerRecord } from '@archon-dse/core';
import { byComponent, sumEnergies } from '../energy.js';
import type { OptionColumn, ReportModel } from '../report-model.js';
import { packCodes } from './columns.js';
import { ExecutionPacker, type PageExecutions, type PointExecutions } from './execution-data.js';
import { Indices, short } from './indices.js';
import { packPoints, type PagePoints } from './page-points.js';

/**
 * The report as the page embeds it: columns of all points, and details of some, in which names and repeated layers are stored once and
 * referred to by index. Energies have six digits; the journal keeps full precision.
 */
export interface PageData {
  readonly summary: Omit<ReportModel, 'points' | 'columns' | 'table'>;
  readonly columns: readonly OptionColumn[];
  /** `component` or `component/dataSpace` names of `PageDetail.energies`. */
  readonly energyNames: readonly string[];
  readonly points: PagePoints;
  /** By the place of the point among all. */
  readonly details: Readonly<Record<number, PageDetail>>;
  readonly layers: PageLayers;
  /** Absent where nothing was executed. */
  readonly executions?: PageExecutions;
}

/** What the page has of a point whose layers were read. */
export interface PageDetail extends Partial<PointExecutions> {
  /** Beside `energyNames`; those that came later are missing at the end. */
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

/** Distinct layer rows the page holds, about 100 bytes each before they are compressed: of the fronts first, then of other points in report order. */
export const LAYER_ROW_BUDGET = 20_000;

/** Points whose layers are read, for their energies by component if there is no row left; the fronts first. */
export const DETAIL_BUDGET = 5000;

/** Packs the report for the page. */
export function toPageData(model: ReportModel): PageData {
  const { points: all, columns, table, ...summary } = model;
  const details = packDetails({ ...summary, points: all });
  const indexOf = (values: readonly unknown[]): ReadonlyMap<string, number> =>
    new Map(values.map((value, i) => [canonicalJson(value), i]));
  const budgets = indexOf(model.provenance.budgets);
  const notCosted = indexOf(model.provenance.notCosted);
  const places = table.notCosted.values.map((counts) => notCosted.get(canonicalJson(counts)) ?? -1);
  const points = packPoints(model, {
    budgets: ({ values, codes }) => ({
      values: values.map((chain) => chain.map((budget) => budgets.get(canonicalJson(budget)) ?? -1)),
      codes: packCodes(codes),
    }),
    notCosted: table.notCosted.codes.map((code) => places[code] ?? -1),
  });
  return { summary, columns, points, ...details };
}

/** What is read of single points, until the budgets are spent. */
function packDetails({
  points,
  groups,
  best,
}: Pick<ReportModel, 'points' | 'groups' | 'best'>): Pick<
  PageData,
  'energyNames' | 'details' | 'layers' | 'executions'
> {
  const layers = new LayerPacker();
  const energyNames = new Indices();
  const executions = new ExecutionPacker();
  const details: Record<number, PageDetail> = {};
  const isFront = (at: number): boolean => points[at]?.rank === 1;
  const places = [...points.keys()];
  const first = new Set([...groups.flatMap(({ knee }) => knee?.id ?? []), ...best.map(({ id }) => id)]);
  const isFirst = (at: number): boolean => first.has(points[at]?.id ?? '');
  const ordered = new Set([...places.filter(isFirst), ...places.filter(isFront), ...places]);
  let isSpent = false;
  for (const at of [...ordered].filter((place) => points[place]?.state !== 'failed').slice(0, DETAIL_BUDGET)) {
    const own = points[at]?.layers ?? [];
    if (own.length === 0) continue;
    isSpent ||= layers.size + own.length > LAYER_ROW_BUDGET;
    const energies: number[] = [];
    for (const [name, pj] of Object.entries(sumEnergies(own))) energies[energyNames.index(name)] = short(pj);
    details[at] = {
      energies: Array.from(energies, (pj: number | undefined) => pj ?? 0),
      ...(isSpent ? {} : { layers: own.map((layer) => layers.add(layer)), ...executions.addPoint(own) }),
    };
  }
  const executed = executions.finish();
  return {
    ...{ energyNames: energyNames.keys, details, layers: layers.finish() },
    ...(executed === undefined ? {} : { executions: executed }),
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
