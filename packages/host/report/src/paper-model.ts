/** What a page about a reproduced publication shows. Plain JSON; the page computes ratios and shares itself. */
export interface PaperModel {
  readonly title: string;
  readonly description: string;
  readonly headline: PaperHeadline;
  /** What the parts of the page show, in a sentence or two each. */
  readonly leads: Readonly<Record<'totals' | 'blocks' | 'components' | 'rules' | 'comparisons', string>>;
  /** The accelerators compared; the last one is the subject of the publication. */
  readonly accelerators: readonly PaperAccelerator[];
  readonly networks: readonly PaperNetwork[];
  /** The first is shown first. */
  readonly runs: readonly PaperRun[];
  readonly rules: readonly PaperRule[];
  readonly comparisons: readonly PaperComparison[];
  /** What a reader should know before quoting a number. */
  readonly notes: readonly string[];
  readonly sources: readonly { readonly title: string; readonly text: string }[];
}

/** The publication's own claim and the figures behind it. */
export interface PaperHeadline {
  readonly claim: string;
  /** Title of the network whose figures give the claim. */
  readonly network: string;
  readonly speedups: readonly { readonly against: string; readonly value: number }[];
  readonly isInference: boolean;
  readonly note: string;
}

export interface PaperAccelerator {
  /** Key of `totals`, `costs` and `printed`. */
  readonly id: string;
  readonly title: string;
  readonly areaUm2?: number;
  /** What a block's bar is stacked of: layers or phases. */
  readonly parts: readonly string[];
}

/** Cycles are null where they are not known. */
export interface PaperCost {
  readonly cycles: number | null;
  readonly energyUj: number;
  /** Says that the cycles are quoted from the publication, not computed, and why. */
  readonly quoted?: string;
}

/** A value for each accelerator by its id. */
export type ByAccelerator<T> = Readonly<Record<string, T>>;

export interface PaperNetwork {
  /** What the command line calls it; named in the page's address. */
  readonly id: string;
  readonly title: string;
  /** Network of the accelerators that are compared with. */
  readonly baseline: string;
  /** Why its ratios do not compare like with like, in a few words. */
  readonly caveat?: string;
  /** Whole networks as the publication printed them. */
  readonly printed: ByAccelerator<PaperCost>;
}

/** All networks under one set of rules. */
export interface PaperRun {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** One entry for each network. */
  readonly figures: readonly PaperFigures[];
}

export interface PaperFigures {
  readonly totals: ByAccelerator<PaperCost>;
  readonly blocks: readonly PaperBlock[];
  /** What is particular about this network's figures. */
  readonly notes: readonly string[];
}

export interface PaperBlock {
  readonly name: string;
  /** By accelerator, one cost for each of its parts; an accelerator may lack the block. */
  readonly costs: ByAccelerator<readonly PaperCost[]>;
  /** Energy of the last accelerator by component, uJ: one record for each of its parts. */
  readonly componentsUj?: readonly Readonly<Record<string, number>>[];
}

/** A decision of the publication that can be questioned. */
export interface PaperRule {
  readonly name: string;
  readonly published: string;
  readonly corrected: string;
  readonly why: string;
  /** What changes when this rule alone is corrected. */
  readonly effects: readonly PaperEffect[];
  /** Change of the last accelerator's area, um2. */
  readonly areaUm2: number;
}

export interface PaperEffect {
  /** Id of a network. */
  readonly network: string;
  /** Id of an accelerator. */
  readonly accelerator: string;
  readonly cycles: number;
  readonly energyUj: number;
}

/** A published table beside ours. */
export interface PaperComparison {
  /** Title of a network. */
  readonly network: string;
  readonly table: string;
  readonly cells: number;
  readonly matched: number;
  /** Published cells that are quoted and not computed; not among `cells`. */
  readonly quoted: number;
  readonly mismatches: readonly {
    readonly row: string;
    readonly column: string;
    readonly published: string;
    readonly ours: number | null;
  }[];
}
