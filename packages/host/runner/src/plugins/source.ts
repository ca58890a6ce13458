import { existsSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { API_VERSION, attemptFile, fail, KINDS, type PluginManifest } from '@archon-dse/core';
import { readBytes } from '@archon-dse/core/files';
import { excerpt } from '@archon-dse/engine/border';

/** A plugin found on disk whose manifest has been read, before any of its code runs. Plain data: worker threads get it as is. */
export interface PluginSource {
  readonly name: string;
  readonly version: string;
  /** Real path of the package's folder. */
  readonly root: string;
  /** `file:` URL of the entry. */
  readonly url: string;
  readonly manifest: PluginManifest;
}

const MOST_MANIFEST_BYTES = 2 ** 20;
const LONGEST_SHOWN = 300;
const PACKAGE_NAME = /^[\w@./~-]{1,214}$/;
const PACKAGE_VERSION = /^[\w.+-]{1,256}$/;

/** Whether a specifier is a path (`./my-plugin`, `/opt/my-plugin`) and not the name of a package. */
function isPath(specifier: string): boolean {
  return /^\.{1,2}([/\\]|$)/.test(specifier) || isAbsolute(specifier);
}

/** Folders a specifier may stand for, in the order they are tried. Package names follow Node's `node_modules` rule. */
function candidateFolders(specifier: string, directories: readonly string[]): readonly string[] {
  if (isPath(specifier)) return [resolve(directories[0] ?? '.', specifier)];
  return directories.flatMap((directory) =>
    (createRequire(join(directory, 'sweep.js')).resolve.paths(specifier) ?? []).map((folder) =>
      join(folder, specifier),
    ),
  );
}

/**
 * Finds a plugin and reads its static manifest; checks the contract's version without importing anything.
 *
 * @param specifier - a package name, or a path relative to the first directory
 * @param directories - where packages are looked up: the sweep file's directory first, then the host's
 * @throws ArchonError ARCHON_PLUGIN_NOT_FOUND, ARCHON_PLUGIN_MANIFEST or ARCHON_PLUGIN_API_VERSION
 */
export function findPlugin(specifier: string, directories: readonly string[]): PluginSource {
  const folder = candidateFolders(specifier, directories).find((path) => existsSync(join(path, 'package.json')));
  if (folder === undefined) {
    return fail({
      code: 'ARCHON_PLUGIN_NOT_FOUND',
      message: `plugin "${specifier}" was not found`,
      expected: isPath(specifier)
        ? `a package.json in ${candidateFolders(specifier, directories).join(', ')}`
        : `a package of that name installed for one of: ${directories.join(', ')}`,
      hint: isPath(specifier) ? 'Paths are relative to the sweep file.' : `npm install ${specifier}`,
      plugin: specifier,
    });
  }
  return readSource(specifier, realpathSync(folder));
}

function readSource(specifier: string, root: string): PluginSource {
  const file = join(root, 'package.json');
  const complain = (found: string, expected: string): never =>
    fail({
      code: 'ARCHON_PLUGIN_MANIFEST',
      message: `plugin "${specifier}": ${file} ${found}`,
      expected,
      plugin: specifier,
    });
  const json = parseObject(readManifest(file, complain)) ?? complain('is not a JSON object', 'a package.json');
  const { name, version } = json;
  if (typeof name !== 'string' || typeof version !== 'string') {
    return complain('has no name or no version', 'strings "name" and "version"');
  }
  if (!PACKAGE_NAME.test(name) || !PACKAGE_VERSION.test(version)) {
    const shown = excerpt(JSON.stringify({ name, version }), LONGEST_SHOWN);
    return complain(`is of ${shown}`, 'a name and a version that npm would take');
  }
  const found = json['archonDse'];
  const expected = '"archonDse": { "apiVersion": integer, "entry": "./path.js", "provides": ["kind:name", ...] }';
  if (found === undefined) return complain('has no "archonDse" member, so it is no plugin', expected);
  if (!isManifest(found))
    return complain(`has "archonDse": ${excerpt(JSON.stringify(found), LONGEST_SHOWN)}`, expected);
  checkApiVersion(name, root, found.apiVersion);
  const entry = resolve(root, found.entry);
  if (!entry.startsWith(root + sep) || !existsSync(entry) || !statSync(entry).isFile()) {
    return complain(
      `names the entry "${excerpt(found.entry, LONGEST_SHOWN)}"`,
      `a file inside ${root} (is the plugin built?)`,
    );
  }
  return { name, version, root, url: pathToFileURL(entry).href, manifest: found };
}

/** The text of a package.json, of a size that a person could have written. */
function readManifest(file: string, complain: (found: string, expected: string) => never): string {
  const expected = 'the package.json of a plugin';
  const stats = attemptFile({ path: file, doing: 'read', expected }, () => statSync(file));
  if (stats.isDirectory()) return complain('is a folder', 'a package.json');
  if (stats.size > MOST_MANIFEST_BYTES) {
    return complain(`is ${String(stats.size)} bytes long`, `a package.json of at most ${String(MOST_MANIFEST_BYTES)}`);
  }
  return readBytes(file, expected).toString();
}

/** What the author of a plugin has to change in it, by the version of the contract it was made for. */
const CHANGES: Readonly<Record<number, string>> = {
  1:
    'since version 2 options are parsed once, so an accelerator has one function create(options), which returns those that version 1 ' +
    'had beside its meta. archon docs guide/3-publishing shows each step under "From version 1 to version 2"',
};

/** @throws ArchonError ARCHON_PLUGIN_API_VERSION */
function checkApiVersion(name: string, root: string, found: number): void {
  if (found === API_VERSION) return;
  const advice = CHANGES[found] === undefined ? '' : ` If it is yours: ${CHANGES[found]}.`;
  fail({
    code: 'ARCHON_PLUGIN_API_VERSION',
    message: `plugin "${name}" in ${root} is made for version ${found} of the plugin contract`,
    expected: `version ${API_VERSION}, the one this host speaks`,
    hint: found > API_VERSION ? 'Upgrade Archon DSE.' : `Upgrade ${name}.${advice}`,
    plugin: name,
  });
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const PROVIDED = new RegExp(`^(${KINDS.join('|')}):[a-z0-9-]+$`);

function isManifest(value: unknown): value is PluginManifest {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, entry, provides, ...others } = value as Record<string, unknown>;
  return (
    Number.isInteger(apiVersion) &&
    typeof entry === 'string' &&
    Array.isArray(provides) &&
    provides.every((item) => typeof item === 'string' && PROVIDED.test(item)) &&
    Object.keys(others).length === 0
  );
}
