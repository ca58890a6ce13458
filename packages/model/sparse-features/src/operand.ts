import type { DataSpace, Dim, Problem } from '@archon-dse/loop-nest';
import { CountTable } from './count-table.kernel.js';
import type { Distribution } from './distribution.js';
import { iterations, type NestLoop } from './nest-loops.js';
import { binomial, emptyDraw, hypergeometric, structured } from './occupancy.js';
import { dimsOf, tensorOf, touchedPositions, touchedWords, type Tensor } from './tensor.js';
import { DENSE, type ZeroModel, type Zeros } from './zeros.js';

/** Non-zero words of the part of a data space that begins at an offset. */
export type CountAt = (offset: number) => number;

/** What is asked about a part of a data space: nothing, whether any of its words is not zero (0 or 1), or the share that is not. */
export type Measure = 'any' | 'non-empty' | 'share';

/** A data space with its zeros: counted where a mask is there, else by what the model of its zeros says. */
export class Operand {
  readonly tensor: Tensor;
  readonly dims: ReadonlySet<Dim>;
  readonly model: ZeroModel | undefined;
  /** Share of words that are not zero, 0..1. */
  readonly density: number;
  private readonly table: CountTable | undefined;

  /** @throws RangeError when a mask has another number of words than the data space */
  constructor(problem: Problem, space: DataSpace, zeros: Zeros = DENSE) {
    this.tensor = tensorOf(problem, space);
    this.dims = dimsOf(this.tensor);
    if (zeros.kind === 'mask') {
      const { words, axes } = this.tensor;
      const { values } = zeros;
      if (values.length !== words) throw new RangeError(`a mask of ${values.length} words for ${space} of ${words}`);
      this.table = new CountTable(
        values,
        axes.map(({ size }) => size),
      );
      this.density = values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0) / words;
    } else {
      this.model = zeros;
      this.density = densityOf(zeros, this.tensor.words);
    }
  }

  moves({ dim }: NestLoop): boolean {
    return this.dims.has(dim);
  }

  words(part: readonly NestLoop[]): number {
    return touchedWords(this.tensor, part);
  }

  /** How far one iteration of a loop moves the offset; 0 without a mask. */
  step({ dim, inside }: NestLoop): number {
    const strides = this.table?.strides ?? [];
    return this.tensor.axes.reduce((sum, { parts }, axis) => {
      const part = parts.find((candidate) => candidate.dim === dim);
      return part === undefined ? sum : sum + part.coefficient * inside * (strides[axis] ?? 0);
    }, 0);
  }

  /** How far one position along the axis of a name moves the offset; 0 without a mask. */
  positionStep(axis: Dim): number {
    return this.table?.strides[this.tensor.axes.findIndex(({ name }) => name === axis)] ?? 0;
  }

  /** Offsets of all iterations of loops, the last loop fastest. */
  offsets(loops: readonly NestLoop[]): Int32Array {
    return offsetsOf(loops, (loop) => this.step(loop));
  }

  /** Counts the words that loops touch; the operand must have a mask. */
  counter(part: readonly NestLoop[]): CountAt {
    const table = this.table;
    if (table === undefined) throw new RangeError(`${this.tensor.space} has no mask to count in`);
    const positions = touchedPositions(this.tensor, part);
    if (positions.every(({ length }) => length === 1)) return (offset) => table.words[offset] ?? 0;
    const isSolid = positions.map((own) => own.at(-1) === own.length - 1);
    const counts = table.boxes(positions.map((own, axis) => (isSolid[axis] === true ? own.length : 1)));
    // Where a stride leaves positions out, a box for each of those it touches.
    const boxes = positions.reduce<readonly number[]>(
      (sums, own, axis) =>
        isSolid[axis] === true ? sums : sums.flatMap((sum) => own.map((at) => sum + at * (table.strides[axis] ?? 0))),
      [0],
    );
    if (boxes.length === 1) return (offset) => counts.at(offset);
    return (offset) => boxes.reduce((sum, box) => sum + counts.at(offset + box), 0);
  }

  /** How many of the words that loops touch are not zero; the operand must have a model. */
  occupancy(part: readonly NestLoop[]): Distribution {
    const { model = DENSE, tensor } = this;
    const words = this.words(part);
    if (model.kind === 'independent') return binomial(words, model.density);
    if (model.kind === 'uniform') return hypergeometric(tensor.words, Math.round(this.density * tensor.words), words);
    const axis = tensor.axes.findIndex(({ parts }) => parts.some(({ dim }) => dim === model.dim));
    const length = touchedPositions(tensor, part)[axis]?.length ?? 1;
    return structured(length, words / length, model.keep, model.of);
  }

  /** Chance that all words that loops touch are zero; the operand must have a model. */
  emptyChance(part: readonly NestLoop[]): number {
    const { model = DENSE, tensor } = this;
    const words = this.words(part);
    if (model.kind === 'independent') return (1 - model.density) ** words;
    if (model.kind === 'structured') return this.occupancy(part)[0] ?? 0;
    return emptyDraw(tensor.words, Math.round(this.density * tensor.words), words);
  }

  /** Mean answer about the parts that loops move to. */
  meanOf(measure: Measure, loops: readonly NestLoop[], part: readonly NestLoop[]): number {
    if (measure === 'any') return 1;
    if (this.model !== undefined) return measure === 'share' ? this.density : 1 - this.emptyChance(part);
    const own = loops.filter((loop) => this.moves(loop));
    const answer = this.answer(measure, part);
    return this.offsets(own).reduce((sum, offset) => sum + answer(offset), 0) / iterations(own);
  }

  /** The answer about the part that begins at an offset; the operand must have a mask. */
  answer(measure: Measure, part: readonly NestLoop[]): (offset: number) => number {
    if (measure === 'any') return () => 1;
    const count = this.counter(part);
    if (measure === 'non-empty') return (offset) => (count(offset) > 0 ? 1 : 0);
    const words = this.words(part);
    return (offset) => count(offset) / words;
  }
}

function densityOf(model: ZeroModel, words: number): number {
  if (model.kind === 'structured') return model.keep / model.of;
  return model.kind === 'uniform' ? Math.round(model.density * words) / words : model.density;
}

/** Offsets of all iterations of loops, the last loop fastest, each of which moves by a step of its own. */
export function offsetsOf(loops: readonly NestLoop[], stepOf: (loop: NestLoop) => number): Int32Array {
  let offsets = Int32Array.of(0);
  for (const loop of loops) {
    const step = stepOf(loop);
    const next = new Int32Array(offsets.length * loop.bound);
    offsets.forEach((offset, at) => {
      for (let index = 0; index < loop.bound; index += 1) next[at * loop.bound + index] = offset + index * step;
    });
    offsets = next;
  }
  return offsets;
}
