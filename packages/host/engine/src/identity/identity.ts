import { canonicalJson, RECORD_SCHEMA_VERSION, type Plugin, type Point } from '@archon-dse/core';
import type { Basis } from '../evaluation-context.js';
import type { Job } from '../job.js';
import type { Platform } from '../platform.js';
import { identify } from './inputs.js';
import { pricersOf } from './pricers-of.js';

type PluginMeta = Plugin['meta'];

/** The plugins a point's result depends on, each once, sorted by name. */
export function pluginsOf(point: Point, basis: Basis): readonly PluginMeta[] {
  const { registry, contents } = basis;
  const used = [
    registry.resolve('network', point.network.use).plugin,
    ...point.stages.map((stage) => registry.resolve('stage', stage.use).plugin),
    registry.resolve('accelerator', point.accelerator.use).plugin,
    ...pricersOf(point.accelerator, contents.pricers, registry),
  ];
  const byName = new Map(used.map((plugin) => [plugin.name, plugin]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * A point with its id. Ids are equal exactly when the points, what the files hold that they name, the plugins and the program, by version
 * and code, and the record schema are.
 *
 * @returns as id the first 16 hexadecimal digits of a SHA-256
 */
export function jobOf(point: Point, basis: Basis): Job {
  const {
    registry,
    contents: { inputs, code },
    platform: { program, sha256 },
  } = basis;
  const identity = {
    engine: { name: program, code: code.engine },
    plugins: pluginsOf(point, basis).map(({ name, version }) => ({ name, version, code: code.plugins[name] })),
    point: identify(point, { registry, inputs }),
    schemaVersion: RECORD_SCHEMA_VERSION,
  };
  return { id: sha256(canonicalJson(identity)).slice(0, 16), point };
}

/** Unsigned 32-bit seed from any JSON value; the same on every machine and in every version. */
export function seedOf(value: unknown, { sha256 }: Pick<Platform, 'sha256'>): number {
  return Number.parseInt(sha256(canonicalJson(value)).slice(0, 8), 16);
}
