import type { JsonValue } from './json.js';

/** A piece of hardware of which an accelerator has `instances`: a buffer, a MAC, an adder, a DRAM channel. */
export interface Component {
  /** Unique in the accelerator, e.g. `shared_glb`. */
  readonly name: string;
  /**
   * Component class: one that is built in, e.g. `smartbuffer_SRAM`, `intmac` or `dram`, or `namespace/name` of a plugin's. A name without
   * namespace is looked for among the classes of the accelerator's own plugin, then among the built-in ones, then among all others.
   */
  readonly class: string;
  /** Attributes of the class: `depthWords`, `widthBits`, `banks`, `ports`, `dataBits`, `type`, `technology`, ... */
  readonly attributes: Readonly<Record<string, JsonValue>>;
  readonly instances: number;
  /** False for what is priced but not part of the area, e.g. where a published area leaves it out. */
  readonly inArea?: false;
}

/** An energy or an area and where it comes from. */
export interface Price {
  readonly value: number;
  readonly source: string;
}

/** The price of one action, and what it does where runs can be held against that. */
export interface ActionPrice extends Price {
  /** Multiply-accumulates it stands for. An instance acts at most once a cycle, so this is also the most it does in one. */
  readonly macs?: number;
  /** Bits it moves from or to a memory outside the chip. */
  readonly offChipBits?: number;
}

/** One instance of a component: pJ for each action of its class, and um2. Values are finite and >= 0, sources not empty. */
export interface ComponentPrice<A extends string = string> {
  readonly energyPj: Readonly<Record<A, ActionPrice>>;
  readonly areaUm2: Price;
}

/** Energy reference table (ERT, pJ per action) and area reference table (ART, um2 per instance) of one accelerator. */
export interface PriceTables {
  readonly ert: Readonly<Record<string, Readonly<Record<string, ActionPrice>>>>;
  readonly art: Readonly<Record<string, Price>>;
}

/** How often a component acts during a layer, summed over its instances. */
export interface ActionCount {
  readonly component: string;
  /** Row of the component's ERT, e.g. `access`, `compute`, `add`. */
  readonly action: string;
  /** Finite and >= 0; a fraction where an expectation is counted. */
  readonly count: number;
  /** What the action moves, for breakdowns: `Weights`, `Inputs`, `Outputs`. */
  readonly dataSpace?: string;
}

/** Turns components into tables. @throws ArchonError when a class is unknown or a size infeasible; never a dummy price. */
export type PriceComponents = (components: readonly Component[]) => PriceTables;
