import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSweep, sweepSchema } from '@archon-dse/config';
import { valueCount } from '@archon-dse/core';
import { loadPlugins } from '@archon-dse/runner';
import { describe, expect, it } from 'vitest';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { root } from './workspace.js';

// The real plugins, and that of the guide.
const { registry } = await loadPlugins(
  [...BUILTIN_PLUGINS, './fixtures/plugin-tiny'],
  [import.meta.dirname, join(root, 'packages/host/cli')],
);

/** The examples of docs/sweep-reference.md are sweeps: the first as it stands, the others with the keys they leave out. */

const docs = new URL('../docs/', import.meta.url);
const reference = readFileSync(new URL('sweep-reference.md', docs), 'utf8');
const blocks = [...reference.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text = '']) => ({
  language,
  text,
}));

const REST: Readonly<Record<string, string>> = {
  apiVersion: 'archon/v1',
  name: 'example',
  networks: '[{ use: mobilenet-v2 }]',
  accelerators: '[{ use: dense }]',
  objectives: '[cycles]',
};

function complete(fragment: string): string {
  const missing = Object.entries(REST).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(fragment));
  return fragment + missing.map(([key, value]) => `${key}: ${value}\n`).join('');
}

describe('docs/sweep-reference.md', () => {
  it('has only YAML examples, the first of them complete', () => {
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.map(({ language }) => language)).toEqual(blocks.map(() => 'yaml'));
    expect(complete(blocks[0]!.text)).toBe(blocks[0]!.text);
  });

  it.each(blocks.map(({ text }) => [text]))('reads %s', (text) => {
    expect(parseSweep(complete(text), 'sweep-reference.md', registry).apiVersion).toBe('archon/v1');
  });

  it('counts the points of its first example right', () => {
    const sweep = parseSweep(blocks[0]!.text, 'sweep-reference.md', registry);
    const axes = [...sweep.networks, ...sweep.accelerators].flatMap((candidate) => Object.values(candidate.axes));
    expect(axes.reduce((points, values) => points * valueCount(values), 1)).toBe(48);
  });

  it('lists what the built-in stages measure, and which way is better', () => {
    const table = reference.split('Stages add theirs:')[1]!.split('An objective is')[0]!;
    const listed = [...table.matchAll(/^\| `(\w+)` +\| (\w+) +\| ([^|]+?) +\|/gm)].flatMap(([, metric, way, stages]) =>
      stages!.match(/(?!with|their|its|data)\b\w+/g)!.map((stage) => `${stage}: ${metric!}, ${way!} is better`),
    );
    const measured = registry
      .list('stage')
      .filter(({ id }) => id.startsWith('archon/'))
      .flatMap(({ contribution: { meta } }) =>
        Object.entries(meta.metrics ?? {}).map(
          ([metric, { direction }]) =>
            `${meta.name}: ${metric}, ${direction === 'maximize' ? 'larger' : 'smaller'} is better`,
        ),
      );
    expect(listed.sort()).toEqual(measured.sort());
  });

  it('lists the keys of a sweep, and which are required', () => {
    const rows = [...reference.matchAll(/^\| `(\w+)`\s+\| (yes|no)/gm)];
    const { properties, required } = sweepSchema(registry);
    expect(rows.map(([, key]) => key).sort()).toEqual(Object.keys(properties as object).sort());
    expect(rows.filter(([, , isRequired]) => isRequired === 'yes').map(([, key]) => key)).toEqual(required);
  });
});
