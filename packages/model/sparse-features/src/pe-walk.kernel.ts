/** An operand whose zeros are skipped: what a PE has to do with the part that begins at the sum of two offsets. */
export interface WalkedSide {
  readonly rows: (offset: number) => Float64Array;
  readonly steps: Int32Array;
  readonly pes: Int32Array;
}

/** Every step of every PE: the products of both operands' rows, or the row of one, added up. */
export class PeWalk {
  /** Sum over steps of the slowest PE. */
  cycles = 0;
  /** Sum over all PEs. */
  work = 0;
  private readonly first: WalkedSide;
  private readonly second: WalkedSide | undefined;

  /** @param sides - one or two, with equally many steps and PEs */
  constructor(sides: readonly WalkedSide[]) {
    this.first = sides[0]!;
    this.second = sides[1];
  }

  run(): void {
    const { steps, pes } = this.first;
    for (let step = 0; step < steps.length; step++) {
      let slowest = 0;
      for (let pe = 0; pe < pes.length; pe++) {
        const own = this.cyclesOf(step, pe);
        slowest = Math.max(slowest, own);
        this.work += own;
      }
      this.cycles += slowest;
    }
  }

  private cyclesOf(step: number, pe: number): number {
    const { first, second } = this;
    const row = first.rows(first.steps[step]! + first.pes[pe]!);
    const other = second?.rows(second.steps[step]! + second.pes[pe]!);
    let cycles = 0;
    for (let at = 0; at < row.length; at++) cycles += row[at]! * (other === undefined ? 1 : other[at]!);
    return cycles;
  }
}
