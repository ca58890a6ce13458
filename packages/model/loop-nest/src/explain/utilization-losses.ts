import type { Architecture } from '../model/architecture.js';
import type { Evaluation } from '../model/evaluation.js';
import { divisors } from '../mapspace/factor.js';
import type { MapspaceConstraints, SpatialConstraint } from '../mapspace/mapspace.js';
import type { LoopKind, Mapping } from '../model/mapping.js';
import { boundOf, type Dim, DIMS, type Problem } from '../model/problem.js';

/** A part of what the multipliers could have done, and why they did not. */
export interface UtilizationLoss {
  /**
   * `divisors`: no factors of the layer fill the axis; `unfilled`: some would, but the mapping has others; `hardware`: multipliers beside the
   * meshes; `remainders`: the last tiles are smaller; `bandwidth`: waiting for words; `start-up`: the first and the last tiles are on their way.
   */
  readonly cause: 'divisors' | 'unfilled' | 'hardware' | 'remainders' | 'bandwidth' | 'start-up';
  /** The axis of a mesh, or the level that is waited for. */
  readonly place?: string;
  /** Share of MACs that were possible, 0..1; the losses and the utilisation make up 1. */
  readonly share: number;
  readonly reason: string;
}

const AXES = ['X', 'Y'] as const;

/** Where utilisation goes, outermost mesh first, then remainders, bandwidth and start-up; what loses nothing is left out. */
export function utilizationLosses(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  evaluation: Evaluation,
  constraints?: MapspaceConstraints,
): readonly UtilizationLoss[] {
  const losses: UtilizationLoss[] = [];
  let left = 1;
  const lose = (part: number, loss: Omit<UtilizationLoss, 'share'>): void => {
    if (part < 1) losses.push({ ...loss, share: left * (1 - part) });
    left *= part;
  };
  let [used, size] = [1, 1];
  const isExact = DIMS.every((dim) => covered(mapping, dim) === boundOf(problem, dim));
  architecture.levels.forEach((level, l) => {
    for (const axis of AXES) {
      const mesh = axis === 'X' ? level.meshX : level.meshY;
      const bound = spatialBound(mapping, l, `spatial${axis}`);
      const place = `${level.name} ${axis}`;
      lose(bound / mesh, {
        ...whyUnfilled(problem, bound, mesh, isExact ? constraints?.[l]?.[`spatial${axis}`] : undefined),
        place,
      });
      used *= bound;
      size *= mesh;
    }
  });
  const { macs } = architecture;
  const hardware = `the meshes have room for ${String(size)} of ${String(macs)} multipliers`;
  lose(Math.min(1, size / macs), { cause: 'hardware', reason: hardware });
  const { computeCycles, cycles, startUpCycles } = evaluation;
  lose(Math.min(1, evaluation.macs / (computeCycles * used)), {
    cause: 'remainders',
    reason: 'the last tiles are smaller than the others',
  });
  lose(computeCycles / (cycles - startUpCycles), waitingFor(evaluation));
  lose(1 - startUpCycles / cycles, { cause: 'start-up', reason: 'the first tiles come and the last ones go' });
  return losses;
}

/** Iterations of a dimension that a mapping has room for: more than there are where its last tiles are smaller. */
function covered(mapping: Mapping, dim: Dim): number {
  return mapping.flat().reduce((product, loop) => (loop.dim === dim ? product * loop.bound : product), 1);
}

function spatialBound(mapping: Mapping, level: number, kind: LoopKind): number {
  return (mapping[level] ?? []).reduce((product, loop) => (loop.kind === kind ? product * loop.bound : product), 1);
}

/** Whether factors that divide the layer could fill more of a side than the mapping does. */
function whyUnfilled(
  problem: Problem,
  bound: number,
  mesh: number,
  constraint: SpatialConstraint | undefined,
): Pick<UtilizationLoss, 'cause' | 'reason'> {
  const filled = `${String(bound)} of ${String(mesh)} work`;
  if (constraint === undefined) return { cause: 'unfilled', reason: filled };
  const dims = DIMS.filter((dim) => constraint.dims.includes(dim) || constraint.fixed?.[dim] !== undefined);
  if (dims.length === 0) return { cause: 'unfilled', reason: `${filled}: nothing may be spread there` };
  const listed = dims.map((dim) => `${dim}${String(boundOf(problem, dim))}`).join(' ');
  const most = mostFilled(problem, mesh, constraint);
  if (most <= bound) return { cause: 'divisors', reason: `${filled}: no factors of ${listed} make more` };
  return {
    cause: 'unfilled',
    reason: `${filled}: factors of ${listed} would fill ${String(most)}, in no better mapping`,
  };
}

/** The most of a side that exact factors of the dimensions it may spread can fill. */
function mostFilled(problem: Problem, mesh: number, { dims, fixed = {} }: SpatialConstraint): number {
  const products = DIMS.reduce(
    (found, dim) => {
      const given = fixed[dim];
      if (given === undefined && !dims.includes(dim)) return found;
      const factors = typeof given === 'number' ? [given] : divisors(boundOf(problem, dim));
      return new Set(
        [...found].flatMap((product) => factors.map((factor) => product * factor)).filter((p) => p <= mesh),
      );
    },
    new Set([1]),
  );
  return Math.max(1, ...products);
}

function waitingFor({ levels, cycles, startUpCycles }: Evaluation): Omit<UtilizationLoss, 'share'> {
  const place = levels.find((level) => level.cycles === cycles - startUpCycles)?.name;
  const reason = 'multipliers wait for words';
  return { cause: 'bandwidth', ...(place === undefined ? {} : { place }), reason };
}
