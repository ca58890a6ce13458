import type { ContributionKind } from '@archon-dse/core';
import { MISBEHAVIOURS, type Misbehaviour } from './calls.js';
import { HOOKS, kindOf, pluginText, writePlugin, type Hook } from './package.js';

/** A plugin that goes wrong in one call. */
export interface HostilePlugin extends Misbehaviour {
  /** Also the name of its folder. */
  readonly plugin: string;
  readonly hook: Hook;
}

/** The name of a plugin that goes wrong in a call. */
export const pluginName = (hook: Hook, misbehaviour: string): string => `${hook.replace('.', '-')}-${misbehaviour}`;

export const HOSTILE: readonly HostilePlugin[] = MISBEHAVIOURS.flatMap((one) =>
  (one.hooks ?? HOOKS).map((hook) => ({ ...one, hook, plugin: pluginName(hook, one.name) })),
);

/** Those of a kind of contribution that need no limit of time. */
export const endingOf = (kind: ContributionKind): readonly HostilePlugin[] =>
  HOSTILE.filter(({ hook, needsLimit }) => kindOf(hook) === kind && needsLimit !== true);

/** Those of them that a sweep can run with. */
export const sweptOf = (kind: ContributionKind): readonly HostilePlugin[] =>
  endingOf(kind).filter(({ isMistake }) => isMistake !== true);

/** Stages, those that go wrong when they are applied. */
export const APPLIED = endingOf('stage').filter(({ hook }) => hook === 'stage.apply');

/** Writes all of them into a folder, and one that does nothing wrong. */
export function writeCorpus(folder: string): void {
  for (const { plugin, hook, body } of HOSTILE)
    writePlugin(folder, { name: plugin, entry: pluginText(plugin, hook, body) });
  writePlugin(folder, { name: 'innocent', entry: pluginText('innocent') });
}

/** Flags that load a plugin beside the innocent one. */
export const besideInnocent = (plugin: string): readonly string[] => [
  ...['--plugin', './innocent', '--plugin', `./${plugin}`],
];

/** The simulation that calls a hook of a plugin, with what it needs beside it from the innocent one. */
export function simulation(plugin: string, hook: Hook): readonly string[] {
  const provider = (kind: ContributionKind): string => (kindOf(hook) === kind ? plugin : 'innocent');
  return [
    ...['simulate', '--network', `${provider('network')}/net`, '--accelerator', `${provider('accelerator')}/acc`],
    ...['--set', `cell=${provider('component')}/cell`, ...besideInnocent(plugin), '--json'],
  ];
}

/** The innocent network through the stage of a plugin. */
export const training = (plugin: string): readonly string[] => [
  ...['train', '--network', 'innocent/net', '--stages', `${plugin}/st`, ...besideInnocent(plugin)],
  ...['--out', 'train', '--json'],
];

export const description = (plugin: string): readonly string[] => [
  ...['describe', `${plugin}/net`, '--plugin', `./${plugin}`, '--json'],
];

/** A sweep of the innocent network and accelerator beside hostile ones; hostile classes of components are those of the innocent accelerator. */
export function sweepText(name: string, hostile: readonly HostilePlugin[], executor: string): string {
  const pluginsOf = (kind: ContributionKind) =>
    hostile.filter(({ hook }) => kindOf(hook) === kind).map(({ plugin }) => plugin);
  const uses = (kind: ContributionKind, id: string): string =>
    pluginsOf(kind)
      .map((plugin) => `  - use: ${plugin}/${id}\n`)
      .join('');
  const classes = ['innocent', ...pluginsOf('component')].map((plugin) => `${plugin}/cell`);
  const plugins = ['innocent', ...hostile.map(({ plugin }) => plugin)];
  return `apiVersion: archon/v1
name: ${name}
plugins: [${plugins.map((plugin) => `./${plugin}`).join(', ')}]
networks:
${uses('network', 'net')}  - use: innocent/net
accelerators:
${uses('accelerator', 'acc')}  - use: innocent/acc
    axes: { cell: [${classes.join(', ')}] }
objectives: [cycles]
executor: ${executor}
`;
}
