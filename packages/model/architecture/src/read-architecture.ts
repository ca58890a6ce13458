import { fail, type Component, type PriceTables } from '@archon-dse/core';
import type { Architecture, Level, MapspaceConstraints, Problem } from '@archon-dse/loop-nest';
import { sparseRefusals, type SparseFeatures } from '@archon-dse/sparse-features';
import { componentsOf, MAC } from './components.js';
import { constraintsOf } from './constraints.js';
import { levelRefusals } from './level-rules.js';
import { instancesOf, sizeOf } from './level-size.js';
import { mapspaceRefusals } from './mapspace-rules.js';
import { throwRefusals, type Refusal } from './refusal.js';
import type { ArchitectureDocument } from './schema.js';

/** An architecture file as models see it. */
export interface SpatialArchitecture {
  /** The hardware, for pricing and for the area. */
  readonly components: readonly Component[];
  /** Multiply-accumulate units. */
  readonly macs: number;
  /** The loop-nest view, outermost level first. @throws ArchonError ARCHON_PRICE_UNKNOWN_COMPONENT when a row is missing */
  readonly architecture: (prices: PriceTables) => Architecture;
  /** The same where nothing costs energy: enough to tell whether a layer can be mapped. */
  readonly unpriced: Architecture;
  /** What the hardware does with zeros; undefined where it does nothing with them. */
  readonly sparse: SparseFeatures | undefined;
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
  const wrong = levelRefusals(document);
  throwRefusals(wrong.length > 0 ? wrong : [...mapspaceRefusals(document), ...zeroRefusals(document)], option);
  return {
    components: componentsOf(document),
    macs: instancesOf(document).at(-1) ?? 1,
    architecture: (prices) => architectureOf(document, (component, action) => energyOf(prices, component, action)),
    unpriced: architectureOf(document, () => 0),
    sparse: sparseOf(document),
    constraints: (problem) => constraintsOf(document, problem),
  };
}

function zeroRefusals({ sparse, levels }: ArchitectureDocument): readonly Refusal[] {
  return sparseRefusals(sparse, levels).map((refusal) => ({ ...refusal, at: `sparse.${refusal.at}` }));
}

function sparseOf({ sparse }: ArchitectureDocument): SparseFeatures | undefined {
  const { formats, gating, skipping, compute } = sparse;
  const lists = [formats, gating, skipping, Object.keys(compute)];
  return lists.every(({ length }) => length === 0) ? undefined : sparse;
}

function architectureOf(
  document: ArchitectureDocument,
  energy: (component: string, action: string) => number,
): Architecture {
  const levels = document.levels.map((level): Level => {
    const { name, keeps, readBandwidth, writeBandwidth, meshX, meshY } = level;
    const { words, rowWords } = sizeOf(level, document);
    return {
      ...{ name, keeps, meshX, meshY, blockSize: rowWords },
      ...(words === undefined ? {} : { sizeWords: words }),
      ...(readBandwidth === undefined ? {} : { readBandwidth }),
      ...(writeBandwidth === undefined ? {} : { writeBandwidth }),
      accessEnergyPj: level.class === undefined ? 0 : energy(name, 'access'),
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
