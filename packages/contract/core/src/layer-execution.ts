/** What an execution of a layer found, cycle by cycle and on real values, where the accelerator executes. */
export interface LayerExecution {
  /** Cycles by the analytical model, whole. */
  readonly cyclesAnalytical: number;
  /** Cycles lost, by cause, in the accelerator's own words; part of the cycles of the layer. */
  readonly stalls?: Readonly<Record<string, number>>;
  /** Shares 0..1 by name, e.g. `adderUtilization`, `maskDensity`. */
  readonly shares?: Readonly<Record<string, number>>;
  /** How often each count occurred: entry `n` for `n` additions of a fused weight; the last entry for all above. */
  readonly histograms?: Readonly<Record<string, readonly number[]>>;
  /** Tables of shares 0..1, row by row, all rows of a table as long, e.g. `maskDensity` by group of channels and position. */
  readonly maps?: Readonly<Record<string, readonly (readonly number[])[]>>;
}
