import { CONTRIBUTION_KINDS, type ContributionKind } from '@archon-dse/core';
import type { Context } from '../context.js';
import { loadNamed } from '../host.js';
import { formatTable } from '../table.js';

interface Flags {
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `archon plugins`: what is loaded, with every option. */
export async function showPlugins(context: Context, flags: Flags): Promise<void> {
  const { registry, sources } = await loadNamed(context, flags.plugin);
  const contributions = (Object.keys(CONTRIBUTION_KINDS) as ContributionKind[]).flatMap((kind) =>
    registry.list(kind).map((entry) => ({
      kind,
      id: entry.id,
      plugin: entry.plugin.name,
      ...entry.contribution.meta,
    })),
  );
  const plugins = sources.map(({ name, version, root }) => ({ name, version, root }));
  if (flags.json) context.output.json({ plugins, contributions });
  else context.output.result([listPlugins(plugins), ...contributions.map(showContribution)].join('\n\n'));
}

function listPlugins(plugins: readonly { name: string; version: string; root: string }[]): string {
  return formatTable(
    ['plugin', 'version', 'folder'],
    plugins.map((plugin) => [plugin.name, plugin.version, plugin.root]),
  );
}

function showContribution(entry: {
  readonly kind: string;
  readonly id: string;
  readonly description: string;
  readonly options: Readonly<
    Record<string, { readonly default: unknown; readonly unit?: string; readonly description: string }>
  >;
}): string {
  const rows = Object.entries(entry.options).map(([name, option]) => [
    `  ${name}`,
    JSON.stringify(option.default),
    option.unit ?? '',
    option.description,
  ]);
  const options =
    rows.length === 0 ? '  no options' : formatTable(['  option', 'default', 'unit', 'description'], rows);
  return `${entry.kind} ${entry.id}: ${entry.description}\n${options}`;
}
