import { didYouMean, fail, KINDS, type Registry } from '@archon-dse/core';
import { COMPONENT_CLASSES, type ComponentClass, type PluginSource } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { wrapText } from '../terminal/format.js';
import { loadNamed } from '../host.js';
import { formatTable, formatWrappedTable } from '../terminal/table.js';

interface Flags {
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `archon plugins [NAME]`: what is loaded, or one plugin or contribution of it, with every option. */
export async function showPlugins(context: Context, name: string | undefined, flags: Flags): Promise<void> {
  const { registry, sources } = await loadNamed(context, flags.plugin);
  const all = contributionsOf(registry);
  const contributions = name === undefined ? all : named(name, all);
  const plugins = sources
    .filter((source) => name === undefined || contributions.some(({ plugin }) => plugin === source.name))
    .map(({ name, version, root }) => ({ name, version, root }));
  if (flags.json) context.output.json({ plugins, contributions, componentClasses: COMPONENT_CLASSES });
  else if (name === undefined) context.output.result(listText(plugins, contributions));
  else context.output.result(contributions.map((entry) => contributionText(entry, plugins)).join('\n\n'));
}

type Contribution = ReturnType<typeof contributionsOf>[number];
type Plugin = Pick<PluginSource, 'name' | 'version' | 'root'>;

function contributionsOf(registry: Registry) {
  return KINDS.flatMap((kind) =>
    registry.list(kind).map((entry) => ({
      kind,
      id: entry.id,
      plugin: entry.plugin.name,
      ...entry.contribution.meta,
    })),
  );
}

/** By id, by name without its namespace, or all of a plugin. @throws ArchonError ARCHON_UNKNOWN_ID */
function named(name: string, all: readonly Contribution[]): readonly Contribution[] {
  const found = all.filter(({ id, plugin, name: short }) => [id, short, plugin].includes(name));
  if (found.length > 0) return found;
  const hint = didYouMean(
    name,
    all.flatMap(({ id, plugin, name: short }) => [short, id, plugin]),
  );
  return fail({
    code: 'ARCHON_UNKNOWN_ID',
    message: `no plugin, network, stage or accelerator "${name}" is loaded`,
    expected: `one of: ${all.map(({ id }) => id).join(', ')}`,
    ...(hint === undefined ? {} : { hint }),
  });
}

function listText(plugins: readonly Plugin[], contributions: readonly Contribution[]): string {
  const rows = plugins.map(({ name, version, root }) => [name, version, root]);
  return [
    formatTable(['plugin', 'version', 'folder'], rows),
    ...contributions.map(({ kind, id, description, options }) =>
      [wrapText(`${kind} ${id}: ${description}`), optionsText(options)].join('\n'),
    ),
    classesText(COMPONENT_CLASSES),
  ].join('\n\n');
}

function contributionText(
  { kind, id, title, description, source, plugin, options }: Contribution,
  plugins: readonly Plugin[],
): string {
  const from = plugins.find(({ name }) => name === plugin);
  return [
    `${kind} ${id}: ${title}`,
    '',
    wrapText(description),
    '',
    wrapText(`source  ${source}`),
    `plugin  ${plugin} ${from?.version ?? ''}`,
    `folder  ${from?.root ?? ''}`,
    '',
    optionsText(options),
  ].join('\n');
}

function optionsText(options: Contribution['options']): string {
  const rows = Object.entries(options).map(([name, option]) => [
    `  ${name}`,
    JSON.stringify(option.default),
    option.unit ?? '',
    option.description,
  ]);
  return rows.length === 0 ? '  no options' : formatWrappedTable(['  option', 'default', 'unit', 'description'], rows);
}

function classesText(classes: readonly ComponentClass[]): string {
  const rows = classes.map(({ name, actions, description }) => [name, Object.keys(actions).join(', '), description]);
  return formatWrappedTable(['component class', 'actions', 'description'], rows);
}
