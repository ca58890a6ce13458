import {
  canonicalJson,
  groupKey,
  metricDeriver,
  paretoRanks,
  toCosts,
  type Confirmation,
  type DerivedMetrics,
  type EvaluationRecord,
  type Provenance,
  type Sweep,
} from '@archon-dse/core';
import { sumEnergies } from './energy.js';
import { judge } from './feasibility.js';
import { compareRows, compareText, flattenPoint, optionColumns, pointLabel } from './option-columns.js';
import { summarizeConstraints, summarizeReasons } from './off-front.js';
import { asConfirmed, confirmedIn, isSetting, refinedPairs } from './refinement.js';
import type { Counts, OptionColumn, PointState, ReportModel, ReportPoint, ReportProvenance } from './report-model.js';
import { summarizeGroups, summarizeOptions, summarizeVolume, bestPoints } from './summarize.js';

type Draft = Omit<ReportPoint, 'rank'>;

/**
 * Digest of a sweep's journal: fronts, hypervolumes, knees and summaries.
 *
 * Pure: the records' order and `timing` do not matter. Of records with one point id an `ok` one is kept.
 *
 * @param total - points of the sweep, of both steps where it has two, with a record or without; by default all have one
 * @param confirmations - the second step: fronts and best values are of its points, once there are any
 */
export function buildReport(
  sweep: Sweep,
  records: readonly EvaluationRecord[],
  total?: number,
  confirmations?: readonly Confirmation[],
): ReportModel {
  const derive = metricDeriver(sweep);
  const unique = uniqueRecords(records).map((record) => ({ ...record, ...derive(record) }));
  const rows = unique.map((record) => flattenPoint(record.point));
  const columns = optionColumns(rows);
  const confirmed = confirmedIn(unique, confirmations);
  const drafts = unique
    .map((record, i) => draftPoint(record, rows[i] ?? {}, columns, sweep))
    .map((draft) => (confirmed === undefined ? draft : asConfirmed(draft, confirmed)))
    .sort((a, b) => compareRows(a.options, b.options, columns) || compareText(a.id, b.id));
  const points = rankByGroup(drafts, sweep);
  const final = confirmed === undefined ? points : points.filter(({ refines }) => refines !== undefined);
  const metrics = metricNames(sweep, points);
  const volume = summarizeVolume(points, sweep.objectives);
  return {
    name: sweep.name,
    ...(sweep.description === undefined ? {} : { description: sweep.description }),
    seed: sweep.seed,
    objectives: sweep.objectives,
    constraints: sweep.constraints,
    ...(sweep.groupBy === undefined ? {} : { groupBy: sweep.groupBy }),
    ...(sweep.metrics === undefined ? {} : { derived: sweep.metrics }),
    references: sweep.references ?? [],
    ...(sweep.refine && { refinement: { ...sweep.refine, pairs: refinedPairs(points, confirmations, metrics) } }),
    counts: {
      ...countPoints(points, total ?? unique.length),
      ...(sweep.refine && { refined: confirmed === undefined ? 0 : final.length }),
    },
    reasons: summarizeReasons(points),
    constraintChecks: summarizeConstraints(points, sweep.constraints),
    metrics,
    columns,
    points,
    ...(volume === undefined ? {} : { volume }),
    groups: summarizeGroups(points, sweep.objectives),
    best: bestPoints(points, sweep.objectives),
    options: summarizeOptions(
      final,
      columns.filter(({ key }) => !isSetting(sweep.refine, key)),
      sweep.objectives,
    ),
    provenance: {
      ...mergeProvenance(unique.map(({ provenance }) => provenance)),
      budgets: distinct(points.flatMap(({ budgets }) => budgets)),
      notCosted: distinct(points.flatMap(({ notCosted }) => (notCosted === undefined ? [] : [notCosted]))),
    },
  };
}

/** One record a point: `ok` before `failed`, then the smaller text without its timing. */
function uniqueRecords(records: readonly EvaluationRecord[]): EvaluationRecord[] {
  const text = (record: EvaluationRecord): string => JSON.stringify({ ...record, timing: undefined });
  const better = (a: EvaluationRecord, b: EvaluationRecord): boolean =>
    a.status === b.status ? text(a) < text(b) : a.status === 'ok';
  const byId = new Map<string, EvaluationRecord>();
  for (const record of records) {
    const known = byId.get(record.pointId);
    if (known === undefined || better(record, known)) byId.set(record.pointId, record);
  }
  return [...byId.values()];
}

function draftPoint(
  record: EvaluationRecord & DerivedMetrics,
  options: Draft['options'],
  columns: readonly OptionColumn[],
  sweep: Sweep,
): Draft {
  const { pointId, metrics, layers, budgets = [], notCosted, error } = record;
  return {
    id: pointId,
    label: pointLabel(options, columns),
    options,
    group: groupKey(record.point, sweep),
    ...judge(record, sweep),
    metrics,
    energyByComponentPj: sumEnergies(layers),
    layers,
    budgets,
    ...(notCosted === undefined ? {} : { notCosted }),
    ...(error === undefined ? {} : { error }),
  };
}

/** Ranks the feasible points of each group against each other. */
function rankByGroup(drafts: readonly Draft[], { objectives }: Sweep): ReportPoint[] {
  const rankById = new Map<string, number>();
  for (const group of new Set(drafts.map((draft) => draft.group))) {
    const members = drafts.filter((draft) => draft.group === group && draft.state === 'feasible');
    const ranks = paretoRanks(members.map(({ metrics }) => toCosts(metrics, objectives)));
    for (const [i, { id }] of members.entries()) rankById.set(id, ranks[i] ?? 0);
  }
  return drafts.map((draft) => {
    const rank = rankById.get(draft.id);
    return rank === undefined ? draft : { ...draft, rank };
  });
}

function countPoints(points: readonly ReportPoint[], total: number): Counts {
  const count = (state: PointState): number => points.filter((point) => point.state === state).length;
  return {
    points: points.length,
    total,
    feasible: count('feasible'),
    front: points.filter(({ rank }) => rank === 1).length,
    failed: count('failed'),
    notFinite: count('notFinite'),
    constraint: count('constraint'),
  };
}

function metricNames({ objectives, constraints }: Sweep, points: readonly ReportPoint[]): string[] {
  const asked = [...objectives, ...constraints].map(({ metric }) => metric);
  const found = points.flatMap(({ metrics }) => Object.keys(metrics)).sort(compareText);
  return [...new Set([...asked, ...found])];
}

function mergeProvenance(all: readonly Provenance[]): Omit<ReportProvenance, 'budgets' | 'notCosted'> {
  const plugins = new Map(
    all
      .flatMap((one) => one.plugins)
      .map((plugin) => [`${plugin.name}@${plugin.version} ${plugin.code ?? ''}`, plugin]),
  );
  const prices = new Map<string, Set<string>>();
  for (const [component, source] of all.flatMap((one) => Object.entries(one.prices))) {
    prices.set(component, (prices.get(component) ?? new Set()).add(source));
  }
  return {
    plugins: [...plugins].sort(([a], [b]) => compareText(a, b)).map(([, plugin]) => plugin),
    engines: [...new Set(all.map(({ engine }) => engine))].sort(compareText),
    prices: Object.fromEntries(
      [...prices]
        .sort(([a], [b]) => compareText(a, b))
        .map(([component, sources]) => [component, [...sources].sort(compareText)]),
    ),
  };
}

/** In the order of the points, so that the stages of a chain stand together. */
function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((one) => [canonicalJson(one), one])).values()];
}
