import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kind } from './kinds.js';
import { KINDS } from './kinds.js';
import type { Names } from './names.js';

/** The plugin that is copied: it has all kinds, compiles, and passes its own tests. */
const TEMPLATE = fileURLToPath(new URL('../template', import.meta.url));

/** Words of the template that stand for names. */
const PLACEHOLDERS = { packageName: 'archon-plugin-template', namespace: 'our-namespace' } as const;
/** npm packs no file of this name. */
const RENAMED: Readonly<Record<string, string>> = { _gitignore: '.gitignore' };
/** At the end of a line that only plugins with this kind have: `// kind: stage`, also in the comments of YAML and Markdown. */
const MARK = / *(?:\/\/|#|<!--) kind: (\w+)(?: -->)?$/;
/** Files of one contribution, by the name it stands under in the manifest. */
const FILES: Readonly<Record<Kind, string>> = {
  network: 'small-cnn',
  stage: 'thin',
  accelerator: 'lanes',
  strategy: 'tweak',
};
/** The sweep that shows a plugin at work, and the one where all there is to show is a search. */
const [SWEEP, SEARCH] = ['sweep.yaml', 'tweak.yaml'];
/** What only some kinds of plugin import. */
const NEEDED: Readonly<Record<string, Kind>> = {
  '@archon-dse/workload': 'network',
  '@archon-dse/pricing': 'accelerator',
};

/** What to write. */
export interface Wanted extends Names {
  readonly kinds: readonly Kind[];
  /** Of Archon DSE. */
  readonly version: string;
}

/** The texts of a plugin, by path in its folder. */
export function pluginFiles(wanted: Wanted): ReadonlyMap<string, string> {
  const left = KINDS.filter((kind) => !wanted.kinds.includes(kind)).map((kind) => FILES[kind]);
  const paths = readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !left.some((name) => entry.name.startsWith(`${name}.`)))
    .map((entry) => join(entry.parentPath, entry.name).slice(TEMPLATE.length + 1))
    .filter((path) => !/^(node_modules|dist|archon-out)\b/.test(path))
    .filter((path) => path !== SWEEP || sweepOf(wanted.kinds) === SWEEP);
  return new Map(paths.map((path) => [RENAMED[path] ?? path, textOf(path, wanted)]));
}

function sweepOf(kinds: readonly Kind[]): string {
  return kinds.every((kind) => kind === 'strategy') ? SEARCH : SWEEP;
}

function textOf(path: string, wanted: Wanted): string {
  const text = readFileSync(join(TEMPLATE, path), 'utf8');
  const own = path === 'package.json' ? manifestText(text, wanted) : linesFor(text, wanted.kinds);
  return Object.entries(PLACEHOLDERS).reduce(
    (all, [name, placeholder]) => all.replaceAll(placeholder, wanted[name as keyof Names]),
    own.replaceAll(SWEEP, sweepOf(wanted.kinds)),
  );
}

/** The lines of all plugins and those of the kinds, without their marks. */
function linesFor(text: string, kinds: readonly string[]): string {
  return text
    .split('\n')
    .filter((line) => kinds.includes(MARK.exec(line)?.[1] ?? kinds[0] ?? ''))
    .map((line) => line.replace(MARK, ''))
    .join('\n');
}

type Versions = Readonly<Record<string, string>>;

/** The manifest with what the kinds provide and need; packages of Archon DSE at its version. */
function manifestText(text: string, { kinds, version }: Wanted): string {
  const manifest = JSON.parse(text) as Record<string, Versions | undefined> & {
    archonDse: { provides: readonly string[] };
  };
  const { archonDse, peerDependencies, dependencies, devDependencies } = manifest;
  const versions = (wanted: Versions = {}): Versions =>
    Object.fromEntries(
      Object.entries(wanted)
        .filter(([name]) => NEEDED[name] === undefined || kinds.includes(NEEDED[name]))
        .map(([name, range]) => [name, range.replace('0.0.0', version)]),
    );
  const own = versions(dependencies);
  return `${JSON.stringify(
    {
      ...manifest,
      archonDse: {
        ...archonDse,
        provides: archonDse.provides.filter((id) => kinds.includes(id.split(':')[0] as Kind)),
      },
      peerDependencies: versions(peerDependencies),
      dependencies: Object.keys(own).length > 0 ? own : undefined,
      devDependencies: versions(devDependencies),
    },
    null,
    2,
  )}\n`;
}
