import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix, sep } from 'node:path';
import { digestFiles } from '../files/file-digest.js';

/** A package as far as results depend on it. */
export interface CodePackage {
  /** Its name and version, and what it holds where the version does not tell. */
  readonly identity: object;
  /** Folders of the packages it depends on; none where its version tells them. */
  readonly dependencies: readonly string[];
  /** Files whose content counts, relative to its folder; none where its version tells them. */
  readonly files: readonly string[];
}

interface Manifest {
  readonly [field: string]: unknown;
  readonly files?: unknown;
  readonly archonDse?: { readonly entry?: unknown };
}

/** Packages of this scope are made together: their content counts, also where they are installed. */
const OWN_SCOPE = '@archon-dse/';

/** Fields of package.json that decide which code runs. */
const DECISIVE = ['name', 'version', 'type', 'main', 'exports', 'imports', 'archonDse'] as const;

const DEPENDENCIES = ['dependencies', 'optionalDependencies'] as const;

/** Documentation, types, maps, tests, archives: nothing that runs. */
const NO_CODE = /(\.map|\.d\.[cm]?ts|\.tsbuildinfo|\.md|\.tgz|\.test\.[cm]?[jt]s|^LICENSE)$/;

/**
 * Reads a package: by content when it is linked or lies outside `node_modules`, when it is of our own scope, or when asked to; by version
 * when it is anybody else's and installed.
 *
 * @param folder - its real path
 * @param cwd - the working folder, for which packages that are no part of an installation may be installed
 */
export async function readPackage(folder: string, cwd: string, isPlugin = false): Promise<CodePackage> {
  const manifest = readManifest(folder);
  const { name, version } = manifest;
  const isInstalled = folder.split(sep).includes('node_modules');
  if (isInstalled && !isPlugin && !String(name).startsWith(OWN_SCOPE)) {
    return { identity: { name, version }, dependencies: [], files: [] };
  }
  const namesIn = (field: string): readonly string[] => Object.keys((manifest[field] as object | undefined) ?? {});
  const found = new Map(DEPENDENCIES.flatMap(namesIn).map((each) => [each, findPackage(folder, each)]));
  // Peers are the user's: where none is beside the package, it takes that of the working folder, as training does with its backends.
  for (const peer of namesIn('peerDependencies')) found.set(peer, findPackage(folder, peer) ?? findPackage(cwd, peer));
  const files = publishedFiles(folder, manifest);
  const decisive = Object.fromEntries(DECISIVE.map((field) => [field, manifest[field]]));
  return {
    identity: {
      ...decisive,
      absent: [...found].flatMap(([each, path]) => (path === undefined ? [each] : [])).sort(),
      sha256: (await digestFiles(folder, files)).sha256,
    },
    dependencies: [...found.values()].flatMap((path) => path ?? []),
    files,
  };
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** By Node's rule; nothing when it is not installed, as an optional one may be. */
function findPackage(from: string, name: string): string | undefined {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  const found = paths.map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')));
  return found === undefined ? undefined : realpathSync(found);
}

/**
 * What `files` of package.json lists, or all there is when it lists nothing, or not even the entry. Sources of our own packages are there for
 * debuggers and editors; what runs is compiled.
 */
function publishedFiles(folder: string, { name, files, archonDse }: Manifest): readonly string[] {
  const isOwn = String(name).startsWith(OWN_SCOPE);
  const listed = (Array.isArray(files) ? files : [])
    .filter((pattern): pattern is string => typeof pattern === 'string' && !pattern.startsWith('!'))
    .filter((pattern) => !(isOwn && pattern === 'src'))
    .flatMap((pattern) => listFiles(folder, fixedPart(pattern)));
  const entry = typeof archonDse?.entry === 'string' ? posix.normalize(archonDse.entry) : undefined;
  const isComplete = listed.length > 0 && (entry === undefined || listed.includes(entry));
  return [...new Set(isComplete ? listed : listFiles(folder, ''))].sort();
}

/** Of a pattern, the folders before its first wild card. */
function fixedPart(pattern: string): string {
  const steps = posix.normalize(pattern).split('/');
  const wild = steps.findIndex((step) => /[*?[{(]/.test(step));
  return (wild < 0 ? steps : steps.slice(0, wild)).filter((step) => step !== '' && step !== '.').join('/');
}

/** Files at and below a path, relative to the folder, but for what is no code, hidden, installed, or written by a sweep. */
function listFiles(folder: string, below: string): readonly string[] {
  const path = join(folder, below);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) return NO_CODE.test(posix.basename(below)) ? [] : [below];
  if (found?.isDirectory() !== true) return [];
  if (lstatSync(path).isSymbolicLink() || existsSync(join(path, 'sweep.json'))) return [];
  return readdirSync(path)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules' && name !== 'archon-out')
    .flatMap((name) => listFiles(folder, below === '' ? name : `${below}/${name}`));
}
