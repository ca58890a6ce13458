/** Why a layer takes what it takes on an accelerator, or why it cannot run there. Plain JSON; parts an accelerator cannot tell are left out. */
export interface LayerExplanation {
  /** Name of the workload. */
  readonly name: string;
  /** Cycles that each resource would take by itself, most first: the first one bounds the layer. */
  readonly limits?: readonly CycleLimit[];
  /** Where utilisation goes; the shares and the utilisation make up 1. */
  readonly losses?: readonly UtilizationLoss[];
  /** What the mapping takes, to hold {@link larger} against. */
  readonly now?: { readonly cycles: number; readonly energyPj: number };
  /** What the layer would take with one level twice as large, levels outermost first; where there is no mapping those that make one possible. */
  readonly larger?: readonly LargerBuffer[];
  /** Why there is no mapping; {@link limits}, {@link losses} and {@link now} are absent then. */
  readonly noMapping?: MissingRoom;
}

export interface CycleLimit {
  readonly resource: 'compute' | 'reads' | 'writes';
  /** The level whose bandwidth it is; absent for compute. */
  readonly level?: string;
  /** Whole cycles, >= 0. */
  readonly cycles: number;
}

export interface UtilizationLoss {
  /** In one word, e.g. `divisors`, `bandwidth`. */
  readonly cause: string;
  /** Where, e.g. the axis of a mesh or a level. */
  readonly place?: string;
  /** Of the MACs that were possible, 0..1. */
  readonly share: number;
  readonly reason: string;
}

export interface LargerBuffer {
  readonly level: string;
  readonly sizeWords: number;
  readonly largerWords: number;
  readonly cycles: number;
  /** Of the layer, with the energies an access costs now. */
  readonly energyPj: number;
  /** Whether another mapping is better then. */
  readonly changes: boolean;
}

export interface MissingRoom {
  /** In one word, e.g. `capacity`, `mesh`. */
  readonly cause: string;
  readonly level?: string;
  /** What it takes at least, and what there is. */
  readonly needs?: number;
  readonly has?: number;
  readonly message: string;
}
