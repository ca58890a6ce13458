import { didYouMean, fail } from '@archon-dse/core';
import {
  CORRECTED_RULES,
  ICS21_RULES_A,
  ICS21_RULES_B,
  RULE_TABLE,
  type ArchonRules,
  type RuleDescription,
} from '@archon-dse/archon-model';
import { TABLE_RULES, type TableRuleName } from './table-rules.js';
import type { TableParameters } from './data/parameters.js';

export type RuleName = keyof ArchonRules | TableRuleName;
/** `published` does what the scripts of the publication did, `corrected` what is right. */
export type RuleState = 'published' | 'corrected';
export type RuleStates = Readonly<Record<RuleName, RuleState>>;

/** Every rule of the execution and of the tables, with what each state does and why. */
export const ICS21_RULES: readonly RuleDescription<RuleName>[] = [...TABLE_RULES, ...RULE_TABLE];

/** All rules in one state. */
export function allRules(state: RuleState): RuleStates {
  return Object.fromEntries(ICS21_RULES.map(({ name }) => [name, state])) as RuleStates;
}

/**
 * Rule states from `name=state` texts applied in order to the published ones; the name `all` sets every rule.
 *
 * @throws ArchonError ARCHON_USAGE
 */
export function readRules(texts: readonly string[]): RuleStates {
  return texts.reduce((states: RuleStates, text) => {
    const [name = '', state = ''] = text.split('=');
    if (state !== 'published' && state !== 'corrected') {
      fail({
        code: 'ARCHON_USAGE',
        message: `"${text}" sets no rule`,
        expected: 'name=published or name=corrected',
      });
    }
    if (name === 'all') return allRules(state);
    if (!(name in states)) {
      const names = Object.keys(states);
      const hint = didYouMean(name, names);
      fail({
        code: 'ARCHON_USAGE',
        message: `no rule is called "${name}"`,
        expected: `one of: all, ${names.join(', ')}`,
        ...(hint === undefined ? {} : { hint }),
      });
    }
    return { ...states, [name]: state };
  }, allRules('published'));
}

/** The execution rules of a table; what is published depends on the scripts of its network. */
export function archonRules(table: TableParameters, states: RuleStates): ArchonRules {
  const { overheadAdders, decoderBits } = table;
  const style = table.fused.style === 'A' ? ICS21_RULES_A : ICS21_RULES_B;
  const published = { ...style, overheadAdders, decoderBits };
  const corrected = RULE_TABLE.map(({ name }) => name).filter((name) => states[name] === 'corrected');
  return { ...published, ...Object.fromEntries(corrected.map((name) => [name, CORRECTED_RULES[name]])) };
}
