import type { Gemm } from './gemm.ts';

/** A systolic array and the partial sums that each of its columns can keep. */
export interface ArrayShape {
  readonly rows: number;
  readonly columns: number;
  readonly sumsPerColumn: number;
}

/** How a product is cut up: `inner` over the rows, `outputs` over the columns, `steps` by the partial sums that can be kept. */
export interface Passes {
  readonly rowFolds: number;
  readonly columnFolds: number;
  /** How often all weights come in. */
  readonly stepFolds: number;
}

export function passesOf({ inner, outputs, steps }: Gemm, { rows, columns, sumsPerColumn }: ArrayShape): Passes {
  return {
    rowFolds: Math.ceil(inner / rows),
    columnFolds: Math.ceil(outputs / columns),
    stepFolds: Math.ceil(steps / sumsPerColumn),
  };
}

/**
 * Cycles of a product. Weights come in row by row; then each step enters one cycle after the one before and one cycle later in each row,
 * and its last sum leaves the last column `rows + columns - 2` cycles after it entered. Folds that leave PEs idle take as long as full ones.
 *
 * @source (2 R + C + T - 2) for each fold: Samajdar et al., SCALE-Sim, ISPASS 2020, equation 4
 */
export function arrayCycles(gemm: Gemm, shape: ArrayShape): number {
  const { rowFolds, columnFolds, stepFolds } = passesOf(gemm, shape);
  const { rows, columns } = shape;
  return rowFolds * columnFolds * (stepFolds * (2 * rows + columns - 2) + gemm.steps);
}

/**
 * How often a PE clocks a weight in. Weights are shifted down from the top; a fold of fewer rows fills the bottom ones, so that no partial
 * sum has to cross idle PEs.
 */
export function weightShifts(gemm: Gemm, shape: ArrayShape): number {
  const { rowFolds, stepFolds } = passesOf(gemm, shape);
  const { rows } = shape;
  const last = gemm.inner - (rowFolds - 1) * rows;
  const shifts = (filled: number): number => (filled * (2 * rows - filled + 1)) / 2;
  return stepFolds * gemm.outputs * ((rowFolds - 1) * shifts(rows) + shifts(last));
}
