import { canonicalJson, RECORD_SCHEMA_VERSION, type Plugin, type Point, type Registry } from '@archon-dse/core';
import type { Platform } from '../platform.js';
import type { CodeDigests } from './contents.js';

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
 * Name of a result: equal exactly when the point, the files it names, the plugins and the engine, by version and code, and the record
 * schema are.
 *
 * @param point - with contents in place of paths, see `identify`
 * @param plugins - those the point uses, see {@link pluginsOf}
 * @returns the first 16 hexadecimal digits of a SHA-256
 */
export function pointId(
  point: Point,
  plugins: readonly PluginMeta[],
  code: CodeDigests,
  { program, sha256 }: Pick<Platform, 'program' | 'sha256'>,
): string {
  const used = plugins.map(({ name, version }) => ({ name, version, code: code.plugins[name] }));
  const engine = { name: program, code: code.engine };
  const identity = { engine, plugins: used, point, schemaVersion: RECORD_SCHEMA_VERSION };
  return sha256(canonicalJson(identity)).slice(0, 16);
}

/** Unsigned 32-bit seed from any JSON value; the same on every machine and in every version. */
export function seedOf(value: unknown, { sha256 }: Pick<Platform, 'sha256'>): number {
  return Number.parseInt(sha256(canonicalJson(value)).slice(0, 8), 16);
}
