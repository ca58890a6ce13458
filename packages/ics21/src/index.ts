export type { Areas } from './areas.js';
export type { Comparison, Mismatch } from './compare.js';
export type { TableComparison } from './compare-table.js';
export type { Cost } from './costs.js';
export type { ArchonFigures, BaselineFigures, NetworkFigures, OuterFigures } from './figures.js';
export type { Headline } from './headline.js';
export * from './reproduce.js';
export type { Effect, RuleEffect } from './rule-effects.js';
export { allRules, ICS21_RULES, readRules, type RuleName, type RuleState, type RuleStates } from './rules.js';
