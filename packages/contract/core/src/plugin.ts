import type { AcceleratorContribution } from './define-accelerator.js';
import type { ComponentContribution } from './define-component.js';
import type { NetworkContribution } from './define-network.js';
import type { StageContribution } from './define-stage.js';
import type { StrategyContribution } from './define-strategy.js';

/** Version of the plugin contract. The host checks it; adding optional members does not change it. */
export const API_VERSION = 2;

export interface Plugin {
  readonly meta: {
    readonly name: string;
    readonly namespace: string;
    readonly version: string;
    readonly apiVersion: number;
  };
  readonly networks?: readonly NetworkContribution[];
  readonly stages?: readonly StageContribution[];
  readonly accelerators?: readonly AcceleratorContribution[];
  readonly components?: readonly ComponentContribution[];
  readonly strategies?: readonly StrategyContribution[];
}

/** The static manifest a plugin keeps under `archonDse` in its package.json, readable without running its code. */
export interface PluginManifest {
  readonly apiVersion: number;
  readonly entry: string;
  /** `network:NAME`, `stage:NAME`, `accelerator:NAME`, `component:NAME` or `strategy:NAME`. */
  readonly provides: readonly string[];
}

/** Kinds of contribution that a sweep chooses, and the member of {@link Plugin} and of a sweep that holds them. */
export const CHOICE_KINDS = { network: 'networks', stage: 'stages', accelerator: 'accelerators' } as const;
export type ChoiceKind = keyof typeof CHOICE_KINDS;

/** All kinds of contribution, and the member of {@link Plugin} that holds them. */
export const CONTRIBUTION_KINDS = { ...CHOICE_KINDS, component: 'components', strategy: 'strategies' } as const;
export type ContributionKind = keyof typeof CONTRIBUTION_KINDS;
export const KINDS = Object.keys(CONTRIBUTION_KINDS) as readonly ContributionKind[];

/** Identity that types a plugin object; make it the default export of the plugin's entry. */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
