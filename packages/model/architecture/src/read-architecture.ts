import { fail, type ActionCount, type Component, type PriceTables } from '@archon-dse/core';
import type { Architecture, Level, MapspaceConstraints, ModelOptions, Problem } from '@archon-dse/loop-nest';
import { sparseRefusals, type SparseFeatures } from '@archon-dse/sparse-features';
import { choiceRefusals } from './choice-rules.js';
import { componentsOf, MAC } from './components.js';
import { constraintsOf } from './constraints.js';
import { idleActions, leakageOf } from './leakage.js';
import { levelRefusals } from './level-rules.js';
import { instancesOf, sizeOf } from './level-size.js';
import { narrowed, type ValueBits } from './narrow.js';
import { mapspaceRefusals } from './mapspace-rules.js';
import { throwRefusals, type Refusal } from './refusal.js';
import { roomRefusals } from './room-rules.js';
import type { ArchitectureDocument } from './schema.js';

/** An architecture file as models see it. */
export interface SpatialArchitecture {
  /** The hardware, for pricing and for the area. */
  readonly components: readonly Component[];
  /** Multiply-accumulate units. */
  readonly macs: number;
  /** Bits of the words that MACs work on; no value may be wider. */
  readonly wordBits: number;
  /**
   * The loop-nest view, outermost level first, for values of so many bits; whole words unless given.
   *
   * @throws ArchonError ARCHON_PRICE_UNKNOWN_COMPONENT when a row is missing
   */
  readonly architecture: (prices: PriceTables, bits?: ValueBits) => Architecture;
  /** The same where nothing costs energy: enough to tell whether a layer can be mapped. */
  readonly unpriced: Architecture;
  /** What the hardware does with zeros; undefined where it does nothing with them. */
  readonly sparse: SparseFeatures | undefined;
  /** How mappings are evaluated. */
  readonly model: ModelOptions;
  /** Whether factors may leave remainders. */
  readonly factors: 'exact' | 'remainders';
  /** Actions of instances that do nothing, over so many cycles; none where the file does not count leakage. */
  readonly idle: (prices: PriceTables, cycles: number) => readonly ActionCount[];
  /** The component that a level is: levels of one room are the same. */
  readonly componentOf: (level: string) => string;
  /** The dataflow, for a problem. */
  readonly constraints: (problem: Problem) => MapspaceConstraints;
}

/**
 * Reads an architecture: content that the schema {@link ARCHITECTURE} allows, with its defaults.
 *
 * @param option - the option it is, for the paths of diagnostics
 * @throws ArchonError ARCHON_BAD_OPTION for each rule between its parts that does not hold, by path: `options.architecture.levels.glb.keeps`
 */
export function readArchitecture(document: ArchitectureDocument, option = 'options.architecture'): SpatialArchitecture {
  throwRefusals(levelRefusals(document), option);
  const unpriced = architectureOf(document, () => 0);
  throwRefusals(
    [...roomRefusals(document, unpriced), ...mapspaceRefusals(document), ...zeroRefusals(document)],
    option,
  );
  throwRefusals(choiceRefusals(document, unpriced, sparseOf(document) !== undefined), option);
  return {
    components: componentsOf(document),
    macs: instancesOf(document).at(-1) ?? 1,
    wordBits: document.wordBits,
    architecture: (prices, bits) => {
      const priced = architectureOf(document, (component, action) => energyOf(prices, component, action));
      const whole = document.model.leakage ? { ...priced, leakagePjPerCycle: leakageOf(document, prices) } : priced;
      return bits === undefined ? whole : narrowed(whole, document, bits);
    },
    model: modelOf(document),
    factors: document.model.factors,
    idle: (prices, cycles) => idleActions(document, prices, cycles),
    componentOf: (name) => componentOf(document, name),
    unpriced,
    sparse: sparseOf(document),
    constraints: (problem) => constraintsOf(document, problem),
  };
}

function zeroRefusals({ sparse, levels }: ArchitectureDocument): readonly Refusal[] {
  return sparseRefusals(sparse, levels).map((refusal) => ({ ...refusal, at: `sparse.${refusal.at}` }));
}

function modelOf({ model: { semantics, haloSharing, startUp } }: ArchitectureDocument): ModelOptions {
  return { semantics, startUp, ...(haloSharing ? { haloSharing } : {}) };
}

function sparseOf({ sparse }: ArchitectureDocument): SparseFeatures | undefined {
  const { formats, gating, skipping, compute } = sparse;
  const lists = [formats, gating, skipping, Object.keys(compute)];
  return lists.every(({ length }) => length === 0) ? undefined : sparse;
}

/** Levels that the mapper makes of an uneven one say in brackets which data space is theirs. */
function componentOf({ levels }: ArchitectureDocument, name: string): string {
  const level = name.replace(/ \(\w+\)$/, '');
  return levels.find((one) => one.name === level)?.room ?? level;
}

function architectureOf(
  document: ArchitectureDocument,
  energy: (component: string, action: string) => number,
): Architecture {
  const levels = document.levels.map((level): Level => {
    const { name, keeps, readBandwidth, writeBandwidth, meshX, meshY, doubleBuffered, room, systolic } = level;
    const { words, rowWords } = sizeOf(level, document);
    return {
      ...{ name, keeps, meshX, meshY, blockSize: rowWords },
      ...(words === undefined ? {} : { sizeWords: words }),
      ...(readBandwidth === undefined ? {} : { readBandwidth }),
      ...(writeBandwidth === undefined ? {} : { writeBandwidth }),
      ...(doubleBuffered ? { doubleBuffered } : {}),
      ...(room === undefined ? {} : { room }),
      ...(systolic ? { systolic } : {}),
      accessEnergyPj: keeps.length === 0 ? 0 : energy(room ?? name, 'access'),
    };
  });
  return { levels, macs: instancesOf(document).at(-1) ?? 1, macEnergyPj: energy(MAC, 'compute') };
}

function energyOf(prices: PriceTables, component: string, action: string): number {
  return (
    prices.ert[component]?.[action]?.value ??
    fail({
      code: 'ARCHON_PRICE_UNKNOWN_COMPONENT',
      message: `no energy of action "${action}" of component "${component}"`,
      expected: `a component class with the action "${action}"`,
    })
  );
}
