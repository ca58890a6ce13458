import type { Products } from './products.js';

/** Gathers the products of one output channel after the other, tap by tap, and numbers the fused weights they make. */
export class ProductLists {
  private readonly units: number;
  private readonly to: number[] = [];
  private readonly from: number[] = [];
  private readonly tapStart = [0];
  private readonly start = [0];
  private readonly weights: Int32Array[] = [];
  private readonly values: Float64Array[] = [];
  /** Of the current output channel, by input channel: units and values of products that have no fused weight yet. */
  private readonly openUnits: number[][];
  private readonly openValues: number[][];
  /** Of the current tap, in the order they came. */
  private readonly tap = { unit: [] as number[], weight: [] as number[], value: [] as number[] };

  constructor(inputs: number, units: number) {
    this.units = units;
    this.openUnits = Array.from({ length: inputs }, () => []);
    this.openValues = Array.from({ length: inputs }, () => []);
  }

  add(from: number, unit: number, value: number): void {
    if (value === 0) return;
    this.openUnits[from]?.push(unit);
    this.openValues[from]?.push(value);
  }

  endOutput(to: number): void {
    this.openUnits.forEach((units, from) => {
      if (units.length === 0) return;
      const values = this.openValues[from] ?? [];
      units.forEach((unit, index) => {
        this.tap.unit.push(unit);
        this.tap.weight.push(this.to.length);
        this.tap.value.push(values[index] ?? 0);
      });
      this.to.push(to);
      this.from.push(from);
      units.length = 0;
      values.length = 0;
    });
  }

  /** Sorts the products of a tap by unit; those of one unit stay in order. */
  endTap(): void {
    const { unit, weight, value } = this.tap;
    const next = new Int32Array(this.units);
    for (const of of unit) next[of] = (next[of] ?? 0) + 1;
    let first = this.start.at(-1) ?? 0;
    let place = 0;
    next.forEach((count, of) => {
      next[of] = place;
      place += count;
      first += count;
      this.start.push(first);
    });
    const [weights, values] = [new Int32Array(unit.length), new Float64Array(unit.length)];
    unit.forEach((of, index) => {
      const to = next[of] ?? 0;
      weights[to] = weight[index] ?? 0;
      values[to] = value[index] ?? 0;
      next[of] = to + 1;
    });
    this.weights.push(weights);
    this.values.push(values);
    this.tapStart.push(this.to.length);
    unit.length = weight.length = value.length = 0;
  }

  packed(): Omit<Products, 'inputs' | 'outputs' | 'units'> {
    const count = this.start.at(-1) ?? 0;
    const [weight, value] = [new Int32Array(count), new Float64Array(count)];
    let at = 0;
    this.weights.forEach((weights, tap) => {
      weight.set(weights, at);
      value.set(this.values[tap] ?? [], at);
      at += weights.length;
    });
    return {
      tapStart: Int32Array.from(this.tapStart),
      to: Int32Array.from(this.to),
      from: Int32Array.from(this.from),
      start: Int32Array.from(this.start),
      weight,
      value,
    };
  }
}
