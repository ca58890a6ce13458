/** What is wrong with the tarball of a package, as who installs it sees it. */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from './workspace.mjs';

/** How importers resolve types; our packages are ES modules, so `require` before Node 20.19 and `main` are not among them. */
const RESOLUTIONS = ['node16-esm', 'bundler'];

/** What a package that writes packages holds: their manifests are no part of its own. */
const TEMPLATE = 'NESTED_PACKAGE_JSON_FIELD_IGNORED';

/** Problems of the manifest, of files it names, of types that do not resolve and of texts that tell where they were made, one line each. */
export async function tarballProblems(path) {
  const data = new Uint8Array(readFileSync(path));
  const { messages, pkg: manifest } = await publint({ pack: { tarball: data.buffer }, strict: true });
  const pkg = createPackageFromTarballData(data);
  const { problems = [] } = await checkPackage(pkg);
  const files = new Map(pkg.listFiles().map((file) => [file.split(`/${pkg.packageName}/`)[1], pkg.readFile(file)]));
  return [
    ...messages
      .filter(({ code }) => code !== TEMPLATE)
      .map((message) => formatMessage(message, manifest) ?? message.code),
    ...problems
      .filter(({ resolutionKind }) => resolutionKind === undefined || RESOLUTIONS.includes(resolutionKind))
      .map(({ kind, ...where }) => `types: ${kind} ${JSON.stringify(where)}`),
    ...withoutFiles(manifest.files, [...files.keys()]).map((entry) => `files: nothing is packed for "${entry}"`),
    ...madeHere(files).map((file) => `paths: ${file} names a folder of the machine it was made on`),
  ];
}

/** Entries of the manifest's `files` for which nothing is packed. */
function withoutFiles(entries = [], packed) {
  const isPacked = (entry) => packed.some((file) => file === entry || file.startsWith(`${entry}/`));
  return entries.filter((entry) => !entry.startsWith('!') && !isPacked(entry));
}

/** Files that name this repository's folder, or a home. */
function madeHere(files) {
  const isHere = (text) =>
    [root, homedir()].some((folder) =>
      [' ', '"', "'", '`', '(', '=', '//'].some((mark) => text.includes(`${mark}${folder}/`)),
    );
  return [...files].flatMap(([file, text]) => (isHere(text) ? [file] : []));
}
