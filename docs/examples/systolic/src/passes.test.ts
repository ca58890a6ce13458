import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayCycles, weightShifts, type ArrayShape } from './passes.ts';

type Matrix = readonly (readonly number[])[];
type Registers<T> = readonly (readonly T[])[];
type Cell = number | undefined;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const grid = <T>(rows: number, columns: number, value: (row: number, column: number) => T): Registers<T> =>
  range(rows).map((row) => range(columns).map((column) => value(row, column)));

/** What a simulated array did. */
interface Done {
  readonly cycles: number;
  readonly shifts: number;
  readonly computes: number;
  /** `steps` x `outputs`. */
  readonly product: Matrix;
}

/** One fold, register by register: shifts the weights in, then lets the inputs through until the last one has left. */
function simulateFold(inputs: Matrix, weights: Matrix, { rows, columns }: ArrayShape): Done {
  const idle = rows - weights.length;
  const [steps, outputs] = [inputs.length, weights[0]?.length ?? 0];
  let [cycles, shifts, computes] = [0, 0, 0];
  let held: Registers<Cell> = grid(rows, columns, () => undefined);
  for (const cycle of range(rows)) {
    const entering = weights[weights.length - 1 - cycle] ?? [];
    held = grid(rows, columns, (row, column) => (row === 0 ? entering[column] : held[row - 1]?.[column]));
    shifts += held.flat().filter((weight) => weight !== undefined).length;
    cycles += 1;
  }
  const product = inputs.map(() => Array.from({ length: outputs }, () => 0));
  // A wave is a step on its way; its number goes with its value.
  let waves: Registers<{ readonly step: number; readonly value: number } | undefined> = grid(
    rows,
    columns,
    () => undefined,
  );
  let sums: Registers<number> = grid(rows, columns, () => 0);
  for (let cycle = 0; ; cycle += 1) {
    const [wavesBefore, sumsBefore] = [waves, sums];
    waves = grid(rows, columns, (row, column) => {
      if (column > 0) return wavesBefore[row]?.[column - 1];
      const step = cycle - row;
      return step >= 0 && step < steps ? { step, value: inputs[step]?.[row - idle] ?? 0 } : undefined;
    });
    if (waves.flat().every((wave) => wave === undefined)) break;
    cycles += 1;
    sums = grid(rows, columns, (row, column) => {
      const [weight, wave] = [held[row]?.[column], waves[row]?.[column]];
      if (weight !== undefined && wave !== undefined) computes += 1;
      return (row === 0 ? 0 : (sumsBefore[row - 1]?.[column] ?? 0)) + (weight ?? 0) * (wave?.value ?? 0);
    });
    for (const column of range(outputs)) {
      const wave = waves[rows - 1]?.[column];
      const line = wave === undefined ? undefined : product[wave.step];
      if (line !== undefined) line[column] = sums[rows - 1]?.[column] ?? NaN;
    }
  }
  return { cycles, shifts, computes, product };
}

/** All folds of a product, one after the other, partial sums added up below the array. */
function simulate(inputs: Matrix, weights: Matrix, shape: ArrayShape): Done {
  const { rows, columns, sumsPerColumn } = shape;
  const [inner, outputs] = [weights.length, weights[0]?.length ?? 0];
  const total = {
    cycles: 0,
    shifts: 0,
    computes: 0,
    product: inputs.map(() => Array.from({ length: outputs }, () => 0)),
  };
  for (let step = 0; step < inputs.length; step += sumsPerColumn) {
    for (let output = 0; output < outputs; output += columns) {
      for (let row = 0; row < inner; row += rows) {
        const part = inputs.slice(step, step + sumsPerColumn).map((line) => line.slice(row, row + rows));
        const block = weights.slice(row, row + rows).map((line) => line.slice(output, output + columns));
        const { cycles, shifts, computes, product } = simulateFold(part, block, shape);
        total.cycles += cycles;
        total.shifts += shifts;
        total.computes += computes;
        product.forEach((line, index) => {
          line.forEach((sum, column) => (total.product[step + index]![output + column]! += sum));
        });
      }
    }
  }
  return total;
}

const multiply = (inputs: Matrix, weights: Matrix): Matrix =>
  inputs.map((line) =>
    range(weights[0]?.length ?? 0).map((column) =>
      line.reduce((sum, value, row) => sum + value * (weights[row]?.[column] ?? 0), 0),
    ),
  );

describe('cycles', () => {
  it('are 2 R + C + T - 2 for one full fold', () => {
    const shape = { rows: 4, columns: 3, sumsPerColumn: 100 };
    // weights in 4 cycles; step 9 enters row 0 at cycle 10 and leaves row 3 of column 2 five cycles later
    expect(arrayCycles({ inner: 4, outputs: 3, steps: 10 }, shape)).toBe(4 + 10 + 5);
    expect(weightShifts({ inner: 4, outputs: 3, steps: 10 }, shape)).toBe(3 * (1 + 2 + 3 + 4));
  });

  it('of a layer of ResNet-50 on 128 x 128', () => {
    // 3x3, 64 to 64 channels, 56x56: 576 products are 5 folds, 64 outputs one, 3136 steps
    const shape = { rows: 128, columns: 128, sumsPerColumn: 4096 };
    expect(arrayCycles({ inner: 576, outputs: 64, steps: 3136 }, shape)).toBe(5 * (2 * 128 + 128 + 3136 - 2));
  });

  it('and shifts are those of an array simulated register by register, which multiplies right', () => {
    const size = (max: number) => fc.integer({ min: 1, max });
    const product = fc.record({ inner: size(9), outputs: size(7), steps: size(9) });
    const array = fc.record({ rows: size(4), columns: size(4), sumsPerColumn: size(9) });
    fc.assert(
      fc.property(product, array, (gemm, shape) => {
        const inputs = grid(gemm.steps, gemm.inner, (row, column) => 1 + ((3 * row + 5 * column) % 7));
        const weights = grid(gemm.inner, gemm.outputs, (row, column) => ((2 * row + 3 * column) % 5) - 2);
        const done = simulate(inputs, weights, shape);
        expect(done.product).toEqual(multiply(inputs, weights));
        expect(done.cycles).toBe(arrayCycles(gemm, shape));
        expect(done.shifts).toBe(weightShifts(gemm, shape));
        expect(done.computes).toBe(gemm.inner * gemm.outputs * gemm.steps);
      }),
    );
  });
});
