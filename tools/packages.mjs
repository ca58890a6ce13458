/** The packages that are published: where they are, what they depend on, and their tarballs. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The keys of a manifest that name other packages. */
export const DEPENDENCIES = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'];

/** Whether a package is one of this repository: the command, or a part of it. */
export function isOurs(name) {
  return name === 'archon-dse' || name.startsWith('@archon-dse/');
}

/** Folders of all packages and plugins, from the root of the repository. */
export function packageFolders(root) {
  const groups = readdirSync(join(root, 'packages')).map((group) => join('packages', group));
  return [...groups, 'plugins'].flatMap((group) => foldersIn(root, group));
}

function foldersIn(root, group) {
  return readdirSync(join(root, group), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(group, entry.name));
}

/** Folders of the guide's examples, which are packages of their own and not published. */
export function exampleFolders(root) {
  const examples = join('docs', 'examples');
  if (!existsSync(join(root, examples))) return [];
  return foldersIn(root, examples);
}

/**
 * Every published package that who installs one of them gets, and that one, after all that it depends on. Optional peers are left to the user.
 */
export function installedWith(root, wanted) {
  const published = publishedPackages(root);
  const names = new Set([wanted]);
  for (const { manifest } of published.toReversed()) {
    if (names.has(manifest.name)) Object.keys(manifest.dependencies ?? {}).forEach((name) => names.add(name));
  }
  return published.filter(({ manifest }) => names.has(manifest.name));
}

/** Every published package as `{ folder, manifest }`, after all that it depends on. */
export function publishedPackages(root) {
  const found = packageFolders(root).map((folder) => ({
    folder,
    manifest: readJson(join(root, folder, 'package.json')),
  }));
  const byName = new Map(found.filter(({ manifest }) => !manifest.private).map((each) => [each.manifest.name, each]));
  const sorted = new Set();
  const add = (each, above = []) => {
    if (above.includes(each)) throw new Error(`${each.manifest.name} depends on itself`);
    for (const key of DEPENDENCIES.filter((it) => it !== 'devDependencies')) {
      for (const name of Object.keys(each.manifest[key] ?? {})) {
        const needed = byName.get(name);
        if (needed !== undefined && !sorted.has(needed)) add(needed, [...above, each]);
      }
    }
    sorted.add(each);
  };
  for (const each of byName.values()) add(each);
  return [...sorted];
}

/**
 * Packs folders as `npm publish` would, all in one run of npm.
 *
 * @returns the paths of the tarballs, in the order of the folders
 */
export function pack(root, folders, destination) {
  const places = folders.map((folder) => `./${folder}`);
  const text = execFileSync('npm', ['pack', '--json', '--pack-destination', destination, ...places], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
  });
  return JSON.parse(text).map(({ filename }) => join(destination, filename));
}

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
