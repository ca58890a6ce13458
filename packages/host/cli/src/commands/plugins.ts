import {
  canonicalJson,
  didYouMean,
  fail,
  KINDS,
  needText,
  optionsByPath,
  type AttributeSchemas,
  type MeasuredMetrics,
  type MemberSchema,
  type Registry,
} from '@archon-dse/core';
import { knownClasses, type PluginSource } from '@archon-dse/runner';
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
  const classes = classesOf(registry);
  if (flags.json) context.output.json({ plugins, contributions, componentClasses: classes });
  else if (name === undefined) context.output.result(listText(plugins, contributions, classes));
  else context.output.result(contributions.map((entry) => contributionText(entry, plugins)).join('\n\n'));
}

type Contribution = ReturnType<typeof contributionsOf>[number];
type Class = ReturnType<typeof classesOf>[number];
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

/** Component classes, those that are built in first; their plugin is absent. */
function classesOf(registry: Registry) {
  return knownClasses(registry).map(({ id, plugin, contribution }) => ({
    id,
    ...(plugin === undefined ? {} : { plugin }),
    ...contribution.meta,
  }));
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
    message: `no plugin, network, stage, accelerator or component class of a plugin is called "${name}"`,
    expected: `one of: ${all.map(({ id }) => id).join(', ')}`,
    ...(hint === undefined ? {} : { hint }),
  });
}

function listText(
  plugins: readonly Plugin[],
  contributions: readonly Contribution[],
  classes: readonly Class[],
): string {
  const rows = plugins.map(({ name, version, root }) => [name, version, root]);
  return [
    formatTable(['plugin', 'version', 'folder'], rows),
    ...contributions.flatMap((contribution) => {
      if (contribution.kind === 'component') return []; // in the table of classes
      const { kind, id, description } = contribution;
      return [wrapText(`${kind} ${id}: ${description}`), optionsText(contribution)].join('\n');
    }),
    classesText(classes),
  ].join('\n\n');
}

function contributionText(contribution: Contribution, plugins: readonly Plugin[]): string {
  const { kind, id, title, description, source, plugin } = contribution;
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
    optionsText(contribution),
    ...('metrics' in contribution ? metricsText(contribution.metrics) : []),
    ...('actions' in contribution ? ['', actionsText(contribution.actions)] : []),
  ].join('\n');
}

function optionsText(contribution: Contribution): string {
  const noun = 'attributes' in contribution ? 'attribute' : 'option';
  const schemas: AttributeSchemas = 'attributes' in contribution ? contribution.attributes : contribution.options;
  const noDefault = (path: string) => (path.includes('.') ? '' : 'required');
  const rows = Object.entries(optionsByPath(schemas)).map(([path, schema]) => [
    `  ${path}`,
    schema.default === undefined ? noDefault(path) : defaultText(schema),
    schema.unit ?? '',
    schema.description,
  ]);
  return rows.length === 0
    ? `  no ${noun}s`
    : formatWrappedTable([`  ${noun}`, 'default', 'unit', 'description'], rows);
}

/** A document that goes by a name is shown by it. */
function defaultText({ default: usual, named = {} }: MemberSchema): string {
  const [name] = Object.entries(named).find(([, document]) => canonicalJson(document) === canonicalJson(usual)) ?? [];
  return name ?? JSON.stringify(usual);
}

function metricsText(metrics: MeasuredMetrics = {}): readonly string[] {
  const rows = Object.entries(metrics).map(([name, { direction, unit = '', needs, description }]) => [
    `  ${name}`,
    direction === 'maximize' ? 'larger' : 'smaller',
    unit,
    needs === undefined ? '' : needText(needs),
    description,
  ]);
  return rows.length === 0
    ? []
    : ['', formatWrappedTable(['  metric', 'better', 'unit', 'needs', 'description'], rows)];
}

function actionsText(actions: Class['actions']): string {
  return formatWrappedTable(
    ['  action', 'prices'],
    Object.entries(actions).map(([name, what]) => [`  ${name}`, what]),
  );
}

function classesText(classes: readonly Class[]): string {
  const rows = classes.map(({ id, name, plugin, actions, description }) => [
    plugin === undefined ? name : id,
    Object.keys(actions).join(', '),
    plugin ?? 'built in',
    description,
  ]);
  return formatWrappedTable(['component class', 'actions', 'plugin', 'description'], rows);
}
