import {
  CORRECTED_RULES,
  ICS21_RULES_A,
  ICS21_RULES_B,
  RULE_TABLE,
  type ArchonRules,
  type FusedBlock,
} from '@archon-dse/archon-model';

/** A rule of the plugin beside those of the model: what is left of the weights of a block. */
const KEPT_FRACTION = 'keptFraction';
const NAMES: readonly string[] = [...RULE_TABLE.map(({ name }) => name), KEPT_FRACTION];

/** Every value an entry of option `rules` can have. */
export const RULE_SETTINGS: readonly string[] = NAMES.flatMap((name) => [`${name}=published`, `${name}=corrected`]);

export interface RuleChoice {
  readonly method: 'corrected' | 'ics21';
  /** Entries of {@link RULE_SETTINGS}, applied in order to the rules of the method. */
  readonly rules: readonly string[];
}

/**
 * The rules of counting. The publication used two sets of formulas: one for MobileNetV2 and MnasNet, whose blocks have no groups, one
 * for FusioNet and ShuffleNet, whose blocks have.
 *
 * @param first - first fused block of the network; absent where only the hardware counts, which is the same in both sets
 */
export function archonRules(choice: RuleChoice, first?: Pick<FusedBlock, 'groups'>): ArchonRules {
  const published = (first?.groups ?? 1) > 1 ? ICS21_RULES_B : ICS21_RULES_A;
  const states = ruleStates(choice);
  const corrected = RULE_TABLE.map(({ name }) => name).filter((name) => states.get(name) === 'corrected');
  return { ...published, ...Object.fromEntries(corrected.map((name) => [name, CORRECTED_RULES[name]])) };
}

/** Shares of weight triples that the publication set by hand. @source ICS'21 ARCHON experiments */
const PUBLISHED_KEPT = { plain: 0.013, grouped: 0.014, depthwiseLast: 0.01 } as const;

/** Whether the densities of its layers say what is left of a block, or else {@link publishedKept}. */
export function keptByDensities(choice: RuleChoice): boolean {
  return ruleStates(choice).get(KEPT_FRACTION) === 'corrected';
}

/** The share of kept weight triples the publication took for a block like this. */
export function publishedKept({ order, groups }: Pick<FusedBlock, 'order' | 'groups'>): number {
  if (order === 'pw-pw-dw') return PUBLISHED_KEPT.depthwiseLast;
  return groups > 1 ? PUBLISHED_KEPT.grouped : PUBLISHED_KEPT.plain;
}

function ruleStates({ method, rules }: RuleChoice): ReadonlyMap<string, string> {
  const states = new Map(NAMES.map((name) => [name, method === 'ics21' ? 'published' : 'corrected']));
  for (const setting of rules) {
    const [name = '', state = ''] = setting.split('=');
    states.set(name, state);
  }
  return states;
}
