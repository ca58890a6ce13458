import type { Problem } from '@archon-dse/loop-nest';
import { LEVEL } from '@archon-dse/pe-array';
import {
  PUBLISHED_ARCHON,
  PUBLISHED_SPLITS,
  runFusedBlocks,
  type ArchonRules,
  type FusedBlock,
  type MapLayer,
  type NestKind,
  type PhaseRun,
  type Split,
} from '@archon-dse/archon-model';
import { ARRAYS, arrayEnergies, type ArrayName } from './architectures.js';
import { priceUj, type Cost } from './costs.js';
import { mappingOf } from './mappings.js';
import { printedDifferenceUj } from './printed.js';
import { archonRules, type RuleStates } from './rules.js';
import type { FusedParameters, TableParameters } from './data/parameters.js';

/** A fused block on ARCHON. */
export interface ArchonBlock {
  readonly block: string;
  readonly expand: Cost;
  readonly second: Cost;
  readonly main: Cost;
  readonly overhead: Cost;
  /** Energy of the overhead by component, uJ. */
  readonly overheadUj: Readonly<Record<string, number>>;
  readonly phases: readonly PhaseRun[];
}

const SPLITS: Readonly<Record<FusedParameters['split'], Readonly<Partial<Record<NestKind, Split>>>>> = {
  'mobilenet-v2': {
    'predict-expand': PUBLISHED_SPLITS.columnsByChannelsInEights,
    'predict-depthwise': PUBLISHED_SPLITS.mixedByChannels,
  },
  fusionet: {
    'predict-expand': PUBLISHED_SPLITS.columnsByChannels,
    'predict-depthwise': PUBLISHED_SPLITS.channelsByChannels,
  },
  shufflenet: {
    'predict-expand': PUBLISHED_SPLITS.freeByRows,
    'predict-project': PUBLISHED_SPLITS.freeByRows,
  },
};

/** The fused blocks of a table's network. */
export function fusedBlocks({ fused }: TableParameters): readonly FusedBlock[] {
  const at = (list: readonly number[], index: number): number => list[index] ?? Number.NaN;
  return fused.inChannels.map((inChannels, index) => ({
    name: `b${index + 1}`,
    inChannels,
    midChannels: at(fused.midChannels, index),
    outChannels: at(fused.outChannels, index),
    kernel: at(fused.kernels, index),
    stride: at(fused.strides, index),
    groups: fused.groups,
    mixesGroups: fused.order === 'pw-pw-dw',
    outputWidth: at(fused.outputWidths, index),
    order: fused.order,
    activationBits: at(fused.activationBits, index),
    kept: { fraction: fused.keptFraction },
  }));
}

/** The fused blocks of a table on ARCHON. */
export function archonBlocks(table: TableParameters, states: RuleStates): readonly ArchonBlock[] {
  const rules = archonRules(table, states);
  const hardware = { ...PUBLISHED_ARCHON, addersPerPe: table.addersPerPe };
  const mapLayer = mapper(table, rules, states);
  return runFusedBlocks(fusedBlocks(table), { hardware, rules, mapLayer }).map(({ block, phases }) => {
    const costOf = (name: PhaseRun['phase']): Cost =>
      phaseCost(
        phases.find(({ phase }) => phase === name),
        table,
        states,
      );
    return {
      block,
      expand: costOf('predict-expand'),
      second: costOf('predict-second'),
      main: costOf('main'),
      overhead: costOf('overhead'),
      overheadUj: overheadByComponent(phases),
      phases,
    };
  });
}

function mapper(table: TableParameters, rules: ArchonRules, states: RuleStates): MapLayer {
  return ({ kind, problem }) => {
    const split = SPLITS[table.fused.split][kind];
    const array = kind === 'main' ? mainArrayFor(problem, rules) : predictionArrayOf(table, states);
    return mappingOf({ array, problem, ...(split === undefined ? {} : { split }) }, states.mappings);
  };
}

/** Once a missing mapping is no longer covered up, 5x5 windows get the scratchpad they need. */
function mainArrayFor({ R, S }: Problem, rules: ArchonRules): ArrayName {
  return rules.mainWithoutMapping === 'refused' && R * S > ARRAYS.main.ifmapSpadWords ? 'main32' : 'main';
}

function predictionArrayOf({ fused }: TableParameters, { olderPredictionGlb }: RuleStates): ArrayName {
  return fused.olderPredictionGlb && olderPredictionGlb === 'published' ? 'prediction128' : 'prediction';
}

function phaseCost(run: PhaseRun | undefined, table: TableParameters, states: RuleStates): Cost {
  if (run === undefined) return { cycles: Number.NaN, energyUj: Number.NaN };
  const energyUj = priceUj(run.actions, energiesOf(run, table, states));
  const printed = states.printedEnergies === 'published' ? printedDifferenceUj(run, archonRules(table, states)) : 0;
  return { cycles: run.cycles, energyUj: energyUj + printed };
}

/** Prices of a phase: scratchpads are named by their role in the main phase, the global buffer is the one the phase ran with. */
function energiesOf(run: PhaseRun, table: TableParameters, states: RuleStates): ReturnType<typeof arrayEnergies> {
  if (!run.phase.startsWith('predict')) return arrayEnergies(usesLargeWindow(run) ? 'main32' : 'main');
  const prediction = arrayEnergies(predictionArrayOf(table, states));
  return {
    ...prediction,
    [LEVEL.ifmapSpad]: prediction[LEVEL.psumSpad] ?? {},
    [LEVEL.psumSpad]: prediction[LEVEL.ifmapSpad] ?? {},
  };
}

function usesLargeWindow({ mapped }: PhaseRun): boolean {
  const spad = mapped?.evaluation.levels.find(({ name }) => name === LEVEL.ifmapSpad);
  return (spad?.accesses.Inputs?.tileWords ?? 0) > ARRAYS.main.ifmapSpadWords;
}

function overheadByComponent(phases: readonly PhaseRun[]): Readonly<Record<string, number>> {
  const actions = phases.find(({ phase }) => phase === 'overhead')?.actions ?? [];
  const energies = arrayEnergies('main');
  const components = [...new Set(actions.map(({ component }) => component))];
  return Object.fromEntries(
    components.map((name) => [
      name,
      priceUj(
        actions.filter(({ component }) => component === name),
        energies,
      ),
    ]),
  );
}
