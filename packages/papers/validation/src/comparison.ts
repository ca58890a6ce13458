/** One figure of one layer, as published and as a model gives it. */
export interface ComparedFigure {
  readonly quantity: string;
  readonly published: number;
  readonly modelled: number;
}

export interface ComparedLayer {
  readonly layer: string;
  readonly figures: readonly ComparedFigure[];
}

/** A model against published figures. Plain JSON. */
export interface Comparison {
  readonly title: string;
  /** Where the published figures come from. */
  readonly source: string;
  /** What agreement would show, and what it would not. */
  readonly validates: string;
  readonly assumptions: readonly string[];
  /** Every layer has the same quantities, in the same order. */
  readonly layers: readonly ComparedLayer[];
}

/** How far a figure is off, relative to the published one: -0.1 is 10 % too low. */
export function relativeError({ published, modelled }: ComparedFigure): number {
  return modelled / published - 1;
}

export interface QuantityError {
  readonly quantity: string;
  /** Mean of the layers' relative errors, signs dropped. */
  readonly meanAbsoluteError: number;
  /** Relative error of the sum over layers. */
  readonly totalError: number;
}

export function errorsOf({ layers }: Comparison): readonly QuantityError[] {
  const quantities = layers[0]?.figures.map(({ quantity }) => quantity) ?? [];
  return quantities.map((quantity, index) => {
    const figures = layers.flatMap((layer) => layer.figures[index] ?? []);
    const sum = (value: (figure: ComparedFigure) => number): number =>
      figures.reduce((total, f) => total + value(f), 0);
    return {
      quantity,
      meanAbsoluteError: sum((figure) => Math.abs(relativeError(figure))) / figures.length,
      totalError: sum(({ modelled }) => modelled) / sum(({ published }) => published) - 1,
    };
  });
}
