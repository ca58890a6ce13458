import { predictionSpads, type ArchonRules, type PhaseRun } from '@archon-dse/archon-model';
import { partUj, PJ_PER_UJ, summaryUj } from './costs.js';

/**
 * What the energy of a phase gains when it starts from the printed total of its mapping and adds or takes away printed parts of it,
 * uJ: the rounding of the total, and of every part by as much of it as the phase added or took away.
 */
export function printedDifferenceUj({ phase, mapped, actions }: PhaseRun, rules: ArchonRules): number {
  if (mapped === undefined) return 0;
  const { evaluation, repeats } = mapped;
  const components = phase.startsWith('predict') ? predictionSpads(rules) : {};
  const kept = (level: string, dataSpace: string, vectorAccesses: number): number => {
    const component = components[level] ?? level;
    const action = actions.find((count) => count.component === component && count.dataSpace === dataSpace);
    return vectorAccesses === 0 ? 1 : (action?.count ?? 0) / (vectorAccesses * repeats);
  };
  const parts = evaluation.levels.flatMap(({ name, accesses }) =>
    Object.entries(accesses).map(([dataSpace, { energyPj, vectorAccesses }]) => {
      const rounding = partUj(energyPj, 'published') - partUj(energyPj, 'corrected');
      return (kept(name, dataSpace, vectorAccesses) - 1) * rounding;
    }),
  );
  const total = summaryUj(evaluation, 'published') - evaluation.energyPj / PJ_PER_UJ;
  return repeats * parts.reduce((sum, part) => sum + part, total);
}
