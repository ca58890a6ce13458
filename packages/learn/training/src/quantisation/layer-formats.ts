import { didYouMean, own, type Layer, type Network } from '@archon-dse/core';
import { hasWeights } from '@archon-dse/workload';
import { badOption } from '../stages/stage-options.js';
import { FORMATS, type Format, type LayerFormats } from './formats.js';

export interface FormatOptions {
  readonly weights: Format;
  readonly activations: Format;
  /** Formats of layers, blocks or roles that differ, by name; a text stands for both formats. */
  readonly mixed: Readonly<Record<string, unknown>>;
  /** The ends of the network that are left as they are. */
  readonly fullWidth: 'none' | 'first' | 'last' | 'both';
}

/**
 * Formats of every layer that computes, by name. What `mixed` says of a layer goes before what it says of its block, that before what it
 * says of its role, and that before everything else.
 *
 * @throws ArchonError ARCHON_BAD_OPTION when `mixed` names nothing of the network, or says something else than formats
 */
export function layerFormats(network: Network, options: FormatOptions): Readonly<Record<string, LayerFormats>> {
  const layers = network.layers.filter(hasWeights);
  const names = new Set(layers.flatMap(({ name, block, role }) => [name, block, role]));
  const mixed = Object.entries(options.mixed).map(([name, value]) => {
    if (!names.has(name)) unknownName(name, network.id, layers);
    return [name, formatsOf(name, value)] as const;
  });
  const overrides = Object.fromEntries(mixed);
  const full = endsOf(layers, options.fullWidth);
  const { weights, activations } = options;
  const formats = layers.map(({ name, block, role }) => {
    const usual: LayerFormats = full.has(name) ? { weights: 'full', activations: 'full' } : { weights, activations };
    return [name, { ...usual, ...own(overrides, role), ...own(overrides, block), ...own(overrides, name) }] as const;
  });
  return Object.fromEntries(formats);
}

function endsOf(layers: readonly Layer[], fullWidth: FormatOptions['fullWidth']): ReadonlySet<string> {
  const first = fullWidth === 'first' || fullWidth === 'both' ? layers.slice(0, 1) : [];
  const last = fullWidth === 'last' || fullWidth === 'both' ? layers.slice(-1) : [];
  return new Set([...first, ...last].map(({ name }) => name));
}

const PARTS: readonly string[] = ['weights', 'activations'] satisfies readonly (keyof LayerFormats)[];

function formatsOf(name: string, value: unknown): Partial<LayerFormats> {
  if (isFormat(value)) return { weights: value, activations: value };
  const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const isSound = parts.length > 0 && parts.every(([part, format]) => PARTS.includes(part) && isFormat(format));
  if (isSound) return Object.fromEntries(parts);
  return badOption(
    'mixed',
    `"${name}" is to have ${JSON.stringify(value)}`,
    'a format, int2 to int16 or full, or { weights: ..., activations: ... } of such',
  );
}

function isFormat(value: unknown): value is Format {
  return (FORMATS as readonly unknown[]).includes(value);
}

function unknownName(given: string, network: string, layers: readonly Layer[]): never {
  const list = (part: 'block' | 'role'): readonly string[] => [...new Set(layers.map((layer) => layer[part]))];
  const [blocks, roles] = [list('block'), list('role')];
  return badOption(
    'mixed',
    `network "${network}" has no layer, block or role "${given}" that computes`,
    `a role: ${roles.join(', ')}; a block: ${blocks.join(', ')}; or the name of a layer`,
    didYouMean(given, [...roles, ...blocks, ...layers.map(({ name }) => name)]),
  );
}
