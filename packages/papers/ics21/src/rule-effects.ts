import type { RuleDescription } from '@archon-dse/archon-model';
import { areas } from './areas.js';
import type { Cost } from './costs.js';
import type { TableParameters } from './data/parameters.js';
import { allRules, ICS21_RULES, type RuleName, type RuleState, type RuleStates } from './rules.js';
import { buildTable } from './table.js';
import { totalsOf, type TableTotals } from './totals.js';

/** How whole-network figures change when one rule alone goes from published to corrected. */
export interface Effect {
  readonly network: string;
  readonly dataset: string;
  readonly accelerator: 'dense' | 'sparse' | 'archon';
  readonly cycles: number;
  readonly energyUj: number;
}

export interface RuleEffect extends RuleDescription<RuleName> {
  /** Its state in this run. */
  readonly state: RuleState;
  /** Without those that are zero. */
  readonly effects: readonly Effect[];
  /** Change of ARCHON's area, um2. */
  readonly areaUm2: number;
}

const ACCELERATORS = ['dense', 'sparse', 'archon'] as const;
/** Differences below this are the noise of summation, uJ. */
const NOISE_UJ = 1e-9;

/** Switches every rule by itself, from the published state of all, and says what changes. */
export function ruleEffects(tables: readonly TableParameters[], states: RuleStates): readonly RuleEffect[] {
  const published = allRules('published');
  const base = tables.map((table) => totalsOf(buildTable(table, published)));
  return ICS21_RULES.map((rule) => {
    const switched: RuleStates = { ...published, [rule.name]: 'corrected' };
    const effects = tables.flatMap((table, index) => {
      const before = base[index];
      return before === undefined ? [] : differences(table, before, totalsOf(buildTable(table, switched)));
    });
    const areaUm2 = areas(switched).archonUm2 - areas(published).archonUm2;
    return { ...rule, state: states[rule.name], effects, areaUm2 };
  });
}

function differences({ network, dataset }: TableParameters, before: TableTotals, after: TableTotals): Effect[] {
  return ACCELERATORS.map((accelerator) => {
    const [from, to]: [Cost, Cost] = [before[accelerator], after[accelerator]];
    return { network, dataset, accelerator, cycles: to.cycles - from.cycles, energyUj: to.energyUj - from.energyUj };
  }).filter(({ cycles, energyUj }) => cycles !== 0 || Math.abs(energyUj) > NOISE_UJ);
}
