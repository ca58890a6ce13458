import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { digestFile } from '../files/file-digest.js';
import { readClosure } from './code-digest.js';
import type { CodePackage } from './code-package.js';
import { findPlugin } from './source.js';

/** The code of plugins, without running any of it. */
export interface CodeSurvey {
  /** Folders whose files an author may change: of the plugins and of packages they are linked to, nothing that is installed. */
  readonly folders: readonly string[];
  /** SHA-256 of each file that results depend on, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Looks at plugins by name or path, also at those that cannot be loaded at present. */
export async function surveyCode(specifiers: readonly string[], directories: readonly string[]): Promise<CodeSurvey> {
  const packages = new Map<string, CodePackage>();
  for (const specifier of specifiers) {
    const folder = resolve(directories[0] ?? '.', specifier);
    await readPlugin(specifier, directories, packages).catch(() => {
      if (existsSync(folder)) packages.set(folder, { identity: {}, dependencies: [], files: [] });
    });
  }
  const own = [...packages].filter(([folder]) => !folder.split(sep).includes('node_modules'));
  const paths = own.flatMap(([folder, { files }]) => ['package.json', ...files].map((file) => join(folder, file)));
  const files = new Map<string, string>();
  for (const path of paths) {
    // A file may go while it is looked at.
    await digestFile(path).then(
      ({ sha256 }) => files.set(path, sha256),
      () => undefined,
    );
  }
  return { folders: own.map(([folder]) => folder), files };
}

async function readPlugin(
  specifier: string,
  directories: readonly string[],
  packages: Map<string, CodePackage>,
): Promise<void> {
  const closure = await readClosure(findPlugin(specifier, directories).root, process.cwd(), packages);
  for (const [folder, one] of closure) packages.set(folder, one);
}
