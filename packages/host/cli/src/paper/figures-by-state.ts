import { allRules, computeIcs21, type Figures, type ReproduceOptions, type Reproduction } from '@archon-dse/ics21';

/** The figures with all rules in one state. */
export type FiguresByState = (state: 'published' | 'corrected') => Figures;

/** Computes each set of figures at most once, and not at all where the reproduction has it. */
export function figuresByState(reproduction: Reproduction, options: ReproduceOptions): FiguresByState {
  const known = new Map<string, Figures>();
  return (state) => {
    const isOwn = reproduction.rules.every((rule) => rule.state === state);
    const figures = known.get(state) ?? (isOwn ? reproduction : computeIcs21({ ...options, rules: allRules(state) }));
    known.set(state, figures);
    return figures;
  };
}
