import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { canonicalJson, RECORD_SCHEMA_VERSION, type Plugin, type Point, type Registry } from '@archon-dse/core';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

/** The engine and its version, e.g. `@archon-dse/runner@0.1.0`. */
export const ENGINE = `${manifest.name}@${manifest.version}`;

type PluginMeta = Plugin['meta'];

/** The plugins a point's result depends on, each once, sorted by name. */
export function pluginsOf(point: Point, registry: Registry): readonly PluginMeta[] {
  const used = [
    registry.resolve('network', point.network.use).plugin,
    ...point.stages.map((stage) => registry.resolve('stage', stage.use).plugin),
    registry.resolve('accelerator', point.accelerator.use).plugin,
  ];
  const byName = new Map(used.map((plugin) => [plugin.name, plugin]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Name of a result: equal exactly when point, plugin versions, engine version and record schema are.
 *
 * @param plugins - those the point uses, see {@link pluginsOf}
 * @returns the first 16 hexadecimal digits of a SHA-256
 */
export function pointId(point: Point, plugins: readonly PluginMeta[]): string {
  const versions = plugins.map(({ name, version }) => ({ name, version }));
  return digest({ engine: ENGINE, plugins: versions, point, schemaVersion: RECORD_SCHEMA_VERSION }).slice(0, 16);
}

/** Unsigned 32-bit seed from any JSON value; the same on every machine and in every version. */
export function seedOf(value: unknown): number {
  return Number.parseInt(digest(value).slice(0, 8), 16);
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
