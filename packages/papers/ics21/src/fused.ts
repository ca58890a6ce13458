import type { Problem } from '@archon-dse/loop-nest';
import { LEVEL } from '@archon-dse/pe-array';
import {
  PUBLISHED_ARCHON,
  runFusedBlocks,
  type ArchonRules,
  type FusedBlock,
  type MapLayer,
  type NestKind,
  type PhaseRun,
} from '@archon-dse/archon-model';
import { ARRAYS, arrayEnergies, type ArrayName } from './architectures.js';
import { priceUj, type Cost } from './costs.js';
import { PREDICTION_MAPSPACES, type PredictionMapspace } from './data/published-mapspaces.js';
import { mappingOf } from './mappings.js';
import { printedDifferenceUj } from './printed.js';
import { archonRules, type RuleStates } from './rules.js';
import type { TableParameters } from './data/parameters.js';

export type ArchonPhase = 'expand' | 'second' | 'main' | 'overhead';

/** A fused block on ARCHON. */
export interface ArchonBlock extends Readonly<Record<ArchonPhase, Cost>> {
  readonly block: string;
  /** Energy of every phase by component, uJ. */
  readonly componentsUj: Readonly<Record<ArchonPhase, Readonly<Record<string, number>>>>;
  readonly phases: readonly PhaseRun[];
}

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
    const each = <T>(of: (run: PhaseRun | undefined) => T): Readonly<Record<ArchonPhase, T>> => {
      const find = (name: PhaseRun['phase']): T => of(phases.find(({ phase }) => phase === name));
      return {
        expand: find('predict-expand'),
        second: find('predict-second'),
        main: find('main'),
        overhead: find('overhead'),
      };
    };
    return {
      block,
      ...each((run) => phaseCost(run, table, states)),
      componentsUj: each((run) => energyByComponent(run, table, states)),
      phases,
    };
  });
}

function mapper(table: TableParameters, rules: ArchonRules, states: RuleStates): MapLayer {
  const mapspaces: Partial<Readonly<Record<NestKind, PredictionMapspace>>> = PREDICTION_MAPSPACES[table.fused.mapspace];
  return ({ kind, problem }) => {
    const mapspace = mapspaces[kind];
    const array = kind === 'main' ? mainArrayFor(problem, rules) : predictionArrayOf(table, states);
    return mappingOf({ array, problem, ...(mapspace === undefined ? {} : { mapspace }) }, states.mappings);
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

function energyByComponent(
  run: PhaseRun | undefined,
  table: TableParameters,
  states: RuleStates,
): Readonly<Record<string, number>> {
  if (run === undefined) return {};
  const energies = energiesOf(run, table, states);
  const components = [...new Set(run.actions.map(({ component }) => component))];
  const energyUj = (name: string): number =>
    priceUj(
      run.actions.filter(({ component }) => component === name),
      energies,
    );
  return Object.fromEntries(components.map((name) => [name, energyUj(name)]));
}
