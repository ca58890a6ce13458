import {
  DATA_SPACES,
  type Accesses,
  type DataSpace,
  type Dim,
  type Evaluation,
  type Loop,
  type LoopKind,
  type Mapping,
} from '@archon-dse/loop-nest';
import { isComponent } from '../architecture/component.js';
import type { PlacedLevel } from '../architecture/read-architecture.js';
import type { TimeloopDesign } from '../read-files.js';

/** A loop in the names of the files. */
export interface NamedLoop {
  readonly dim: string;
  readonly bound: number;
  readonly kind: LoopKind;
}

/** A data space at a level: what one instance of it holds and moves, in words. */
export interface NamedAccesses extends Accesses {
  readonly name: string;
  readonly space: DataSpace;
}

/** A level as reports show it. */
export interface ReportLevel {
  readonly name: string;
  readonly placed: PlacedLevel;
  /** Instances the mapping uses. */
  readonly used: number;
  readonly accessEnergyPj: number;
  /** One instance. */
  readonly areaUm2: number;
  /** Outer to inner; only those of more than one step. */
  readonly loops: readonly NamedLoop[];
  readonly cycles: number;
  /** Share of its speed that bandwidth leaves, at most 1. */
  readonly slowdown: number;
  /** Data spaces it keeps, in the order of the files. */
  readonly kept: readonly NamedAccesses[];
}

/** An evaluated mapping in the names of the files; levels outermost first. */
export interface Report {
  readonly evaluation: Evaluation;
  readonly mapping: Mapping;
  readonly levels: readonly ReportLevel[];
  readonly compute: {
    readonly name: string;
    readonly instances: number;
    readonly used: number;
    readonly energyPj: number;
    readonly areaUm2: number;
  };
  readonly areaUm2: number;
  readonly design: TimeloopDesign;
}

/** Puts an evaluation into the names of the files, with the areas of the hardware. */
export function reportOf(design: TimeloopDesign, mapping: Mapping, evaluation: Evaluation): Report {
  const { placed, architecture } = design;
  const levels = placed.levels.map((level, l): ReportLevel => {
    const found = evaluation.levels[l];
    const kept = [...design.named.spaces].flatMap(([name, space]): NamedAccesses[] => {
      const accesses = found?.accesses[space];
      return accesses === undefined ? [] : [{ name, space, ...accesses }];
    });
    return {
      name: level.name,
      placed: level,
      used: found?.instances ?? 0,
      accessEnergyPj: architecture.levels[l]?.accessEnergyPj ?? 0,
      areaUm2: isComponent(level.place) ? placed.prices.areaUm2(level.place) : 0,
      loops: namedLoops(design, mapping[l] ?? []),
      cycles: found?.cycles ?? evaluation.computeCycles,
      slowdown: slowdownOf(level, kept, evaluation.computeCycles),
      kept,
    };
  });
  const { compute } = placed;
  const spread = mapping
    .flat()
    .reduce((product, { bound, kind }) => (kind === 'temporal' ? product : product * bound), 1);
  const macArea = placed.prices.areaUm2(compute);
  return {
    evaluation,
    mapping,
    levels,
    compute: {
      name: compute.name,
      instances: compute.instances,
      used: spread,
      energyPj: evaluation.macEnergyPj,
      areaUm2: macArea,
    },
    areaUm2: levels.reduce(
      (sum, { areaUm2, placed: { instances } }) => sum + areaUm2 * instances,
      macArea * compute.instances,
    ),
    design,
  };
}

/** Names of the loops of ours. */
function namesOf(dims: ReadonlyMap<string, Dim>): ReadonlyMap<Dim, string> {
  return new Map([...dims].map(([theirs, ours]) => [ours, theirs]));
}

function namedLoops({ named }: TimeloopDesign, loops: readonly Loop[]): readonly NamedLoop[] {
  const names = namesOf(named.dims);
  return loops
    .filter(({ bound }) => bound > 1)
    .map(({ dim, bound, kind }) => ({ dim: names.get(dim) ?? dim, bound, kind }));
}

function slowdownOf({ storage }: PlacedLevel, kept: readonly NamedAccesses[], computeCycles: number): number {
  const sum = (of: (accesses: NamedAccesses) => number): number =>
    kept.reduce((all, accesses) => all + of(accesses), 0);
  const share = (bandwidth: number | undefined, words: number): number =>
    bandwidth === undefined || words === 0 ? 1 : (bandwidth * computeCycles) / words;
  const read = share(
    storage?.readBandwidth,
    sum(({ reads }) => reads),
  );
  return Math.min(
    1,
    read,
    share(
      storage?.writeBandwidth,
      sum(({ updates, fills }) => updates + fills),
    ),
  );
}

/** All data spaces in the order of the files. */
export function spacesOf({ named }: TimeloopDesign): readonly (readonly [name: string, space: DataSpace])[] {
  return [...named.spaces].filter(([, space]) => DATA_SPACES.includes(space));
}
