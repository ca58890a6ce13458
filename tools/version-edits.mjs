/** Everything that states the version of the packages, with another one. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { embed } from './embed-files.mjs';
import { DEPENDENCIES, isOurs, exampleFolders, packageFolders, readJson } from './packages.mjs';

/** Texts that state it beside manifests: folder, what its files end with, and the text, where VERSION stands for it. */
const STATED = [
  ['plugins', '.ts', "version: 'VERSION'"],
  ['docs', '.md', '@archon-dse/NAME@VERSION'],
];

/** Packages that use ours and are not published, beside the examples. */
const PRIVATE = ['test', 'bench', join('test', 'fixtures', 'plugin-tiny')];

/**
 * The files to write so that all packages have a version, and the changelog too.
 *
 * @param date - of the release, as 2026-11-26
 * @returns texts by path from the root
 */
export function versionEdits(root, version, date) {
  const { version: old } = readJson(join(root, 'package.json'));
  const edits = new Map();
  const edit = (path, change) => {
    const before = readFileSync(join(root, path), 'utf8');
    const after = change(before);
    if (after !== before) edits.set(path, after);
  };
  const folders = ['', ...packageFolders(root), ...PRIVATE, ...exampleFolders(root)];
  for (const folder of folders) {
    edit(join(folder, 'package.json'), (text) => toText(withVersion(JSON.parse(text), old, version)));
  }
  edit('package-lock.json', (text) => {
    const { packages, ...lock } = JSON.parse(text);
    const ours = folders.map((folder) => folder.replaceAll('\\', '/'));
    const entries = Object.entries(packages).map(([path, manifest]) => [
      path,
      ours.includes(path) ? withVersion(manifest, old, version) : manifest,
    ]);
    return toText({ ...lock, version, packages: Object.fromEntries(entries) });
  });
  for (const [folder, ending, statement] of STATED) {
    const pattern = new RegExp(escape(statement).replace('NAME', '[\\w-]+').replace('VERSION', escape(old)), 'g');
    for (const path of filesIn(root, folder, ending)) {
      edit(path, (text) => text.replace(pattern, (found) => found.replace(old, version)));
    }
  }
  for (const path of filesIn(root, 'docs', '.md')) edit(path, (text) => embed(text, (file) => edits.get(file)));
  edit('CHANGELOG.md', (text) => text.replace(UNRELEASED, `$&\n\n## [${version}] - ${date}`));
  return edits;
}

const UNRELEASED = /^## \[Unreleased\]$/m;

/** What the changelog says of the next release. */
export function unreleased(root) {
  const [, after = ''] = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(UNRELEASED);
  return (after.split(/^## /m)[0] ?? '').trim();
}

/** A manifest at a version, with packages of ours wanted at it: exactly, or as a range where it was one. */
function withVersion(manifest, old, version) {
  const changed = { ...manifest };
  if (manifest.version === old) changed.version = version;
  for (const key of DEPENDENCIES.filter((it) => it in manifest)) {
    const entries = Object.entries(manifest[key]).map(([name, range]) => [
      name,
      isOurs(name) ? range.replace(old, version) : range,
    ]);
    changed[key] = Object.fromEntries(entries);
  }
  return changed;
}

function filesIn(root, folder, ending) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((path) => path.endsWith(ending) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(path))
    .map((path) => join(folder, path));
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function toText(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
