import type { Architecture, DataSpace, Dim, Loop, Mapping, Problem } from '@archon-dse/loop-nest';
import type { ComputeSkipping, OperandSpace, SparseFeatures } from '../src/features.js';

/**
 * The rules of the features taken literally: every iteration of a nest is visited with the words it touches. Shares no code with the model.
 */

interface PlacedLoop extends Loop {
  readonly level: number;
  readonly unit: number;
}

/** One iteration: the index of every loop, and the words it uses. */
interface Point {
  readonly index: readonly number[];
  readonly word: Readonly<Record<DataSpace, number>>;
  readonly isSet: Readonly<Record<OperandSpace, boolean>>;
}

export interface Masks {
  readonly Weights: Uint8Array;
  readonly Inputs: Uint8Array;
}

export class Walk {
  readonly loops: readonly PlacedLoop[];
  readonly points: readonly Point[];
  private readonly architecture: Architecture;
  private readonly problem: Problem;
  private readonly masks: Masks;

  constructor(problem: Problem, architecture: Architecture, mapping: Mapping, masks: Masks) {
    this.problem = problem;
    this.architecture = architecture;
    this.masks = masks;
    const flat = mapping.flatMap((own, level) => own.map((loop) => ({ ...loop, level })));
    this.loops = flat.map((loop, at) => ({
      ...loop,
      unit: flat.slice(at + 1).reduce((unit, inner) => (inner.dim === loop.dim ? unit * inner.bound : unit), 1),
    }));
    this.points = this.indices().map((index) => this.point(index));
  }

  private indices(): number[][] {
    return this.loops.reduce<number[][]>(
      (all, { bound }) => all.flatMap((index) => Array.from({ length: bound }, (_, at) => [...index, at])),
      [[]],
    );
  }

  private point(index: readonly number[]): Point {
    const at = (dim: Dim): number =>
      this.loops.reduce((sum, loop, k) => (loop.dim === dim ? sum + (index[k] ?? 0) * loop.unit : sum), 0);
    const { problem: p } = this;
    const bound = (dim: Dim): number => p[dim] ?? 1;
    const rows = (bound('P') - 1) * p.strideP + (bound('R') - 1) * (p.dilationR ?? 1) + 1;
    const columns = (bound('Q') - 1) * p.strideQ + (bound('S') - 1) * (p.dilationS ?? 1) + 1;
    const [channel, channels] = p.depthwise === true ? [at('M'), bound('M')] : [at('C'), bound('C')];
    const row = at('P') * p.strideP + at('R') * (p.dilationR ?? 1);
    const column = at('Q') * p.strideQ + at('S') * (p.dilationS ?? 1);
    const weight =
      (((at('G') * bound('M') + at('M')) * bound('C') + at('C')) * bound('R') + at('R')) * bound('S') + at('S');
    const input = (((at('N') * bound('G') + at('G')) * channels + channel) * rows + row) * columns + column;
    const output =
      (((at('N') * bound('G') + at('G')) * bound('M') + at('M')) * bound('P') + at('P')) * bound('Q') + at('Q');
    return {
      index,
      word: { Weights: weight, Inputs: input, Outputs: output },
      isSet: { Weights: this.masks.Weights[weight] !== 0, Inputs: this.masks.Inputs[input] !== 0 },
    };
  }

  /** Whether moving along a loop changes the words of a data space. */
  private changes(space: DataSpace, k: number): boolean {
    const from = this.points.find(({ index }) => index.every((at) => at === 0));
    const to = this.points.find(({ index }) => index.every((at, other) => at === (other === k ? 1 : 0)));
    return to !== undefined && to.word[space] !== from?.word[space];
  }

  private child(space: DataSpace, level: number): number {
    const { levels } = this.architecture;
    for (let l = level + 1; l < levels.length; l += 1) if (levels[l]?.keeps.includes(space)) return l;
    return levels.length;
  }

  /** The transfer of a data space out of a level that each point belongs to, as a text. */
  private transfers(space: DataSpace, level: number): readonly string[] {
    const child = this.child(space, level);
    const toMacs = child === this.architecture.levels.length;
    let last = -1;
    this.loops.forEach((loop, k) => {
      if (loop.kind === 'temporal' && loop.level < child && loop.bound > 1 && (toMacs || this.changes(space, k)))
        last = k;
    });
    const counts = this.loops.map((loop, k) => {
      if (loop.kind === 'temporal') return k <= last;
      return loop.level < level || (loop.level < child && loop.bound > 1 && this.changes(space, k));
    });
    return this.points.map(({ index }) => index.filter((_, k) => counts[k]).join());
  }

  /** Points of each transfer. */
  private grouped(keys: readonly string[]): Map<string, Point[]> {
    const groups = new Map<string, Point[]>();
    this.points.forEach((point, at) => {
      const key = keys[at] ?? '';
      groups.set(key, [...(groups.get(key) ?? []), point]);
    });
    return groups;
  }

  /** Shares of what a level hands down of a data space, with the zeros left out that the level `stored` leaves out. */
  shares(
    space: DataSpace,
    level: number,
    features: SparseFeatures,
    stored = level,
  ): { full: number; gated: number; skipped: number } {
    const { levels } = this.architecture;
    const own = this.transfers(space, level);
    const events = this.grouped(own);
    const isCompressed = features.formats?.some(
      ({ tensor, level: name }) => tensor === space && name === levels[stored]?.name,
    );
    const isEmpty = (kind: 'gating' | 'skipping', at: number): Map<string, boolean> => {
      const keys = this.transfers(space, at);
      const points = this.grouped(keys);
      const leaders = (features[kind] ?? []).filter(
        ({ tensor, level: name }) => tensor === space && name === levels[at]?.name,
      );
      const compute = kind === 'skipping' && at === level && this.child(space, level) === levels.length;
      const on = [
        ...leaders.flatMap((saving) => saving.on),
        ...(compute ? (features.compute?.skipping?.on ?? []).filter((operand) => operand !== space) : []),
      ];
      const empty = new Map<string, boolean>();
      keys.forEach((key, point) => {
        const met = points.get(key) ?? [];
        empty.set(
          own[point] ?? '',
          on.some((operand) => met.every(({ isSet }) => !isSet[operand])),
        );
      });
      return empty;
    };
    const at = levels.slice(0, level + 1).flatMap(({ keeps }, l) => (keeps.includes(space) ? [l] : []));
    const skips = at.map((l) => isEmpty('skipping', l));
    const gates = at.map((l) => isEmpty('gating', l));
    const sum = { full: 0, gated: 0, skipped: 0 };
    for (const [key, met] of events) {
      const words = new Set(met.map(({ word }) => word[space]));
      const stays = new Set(
        met.filter(({ isSet }) => space === 'Outputs' || isSet[space]).map(({ word }) => word[space]),
      );
      const moved = isCompressed === true ? stays.size / words.size : 1;
      if (skips.some((empty) => empty.get(key))) sum.skipped += 1;
      else {
        sum.skipped += 1 - moved;
        sum[gates.some((empty) => empty.get(key)) ? 'gated' : 'full'] += moved;
      }
    }
    const { size } = events;
    return { full: sum.full / size, gated: sum.gated / size, skipped: sum.skipped / size };
  }

  /** Cycles of the slowest PE of each step, and products done, where nothing is packed. */
  engine({ level: name, on }: ComputeSkipping): { cycles: number; macs: number } {
    const first = this.architecture.levels.findIndex((level) => level.name === name);
    const key = (point: Point, keep: (loop: PlacedLoop) => boolean): string =>
      this.loops.flatMap((loop, k) => (keep(loop) ? [point.index[k]] : [])).join();
    const isTemporal = ({ kind }: Loop): boolean => kind === 'temporal';
    const by = (points: readonly Point[], keep: (loop: PlacedLoop) => boolean): Point[][] => {
      const groups = new Map<string, Point[]>();
      for (const point of points) groups.set(key(point, keep), [...(groups.get(key(point, keep)) ?? []), point]);
      return [...groups.values()];
    };
    let [cycles, macs] = [0, 0];
    for (const step of by(this.points, (loop) => isTemporal(loop) && loop.level < first)) {
      const pes = by(step, (loop) => !isTemporal(loop) && loop.level < first).map((points) =>
        by(points, isTemporal).filter((lanes) => on.every((space) => lanes.some(({ isSet }) => isSet[space]))),
      );
      cycles += Math.max(...pes.map((busy) => busy.length));
      macs += pes.flat(2).length;
    }
    return { cycles, macs };
  }
}
