/** What is wrong with the tarball of a package, as who installs it sees it. */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { readFileSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** How importers resolve types; our packages are ES modules, so `require` before Node 20.19 and `main` are not among them. */
const RESOLUTIONS = ['node16-esm', 'bundler'];

/** What a package that writes packages holds: their manifests are no part of its own. */
const TEMPLATE = 'NESTED_PACKAGE_JSON_FIELD_IGNORED';

/** Problems of the manifest, of files it names and of types that do not resolve, one line each. */
export async function tarballProblems(path) {
  const data = new Uint8Array(readFileSync(path));
  const { messages, pkg } = await publint({ pack: { tarball: data.buffer }, strict: true });
  const { problems = [] } = await checkPackage(createPackageFromTarballData(data));
  return [
    ...messages.filter(({ code }) => code !== TEMPLATE).map((message) => formatMessage(message, pkg) ?? message.code),
    ...problems
      .filter(({ resolutionKind }) => resolutionKind === undefined || RESOLUTIONS.includes(resolutionKind))
      .map(({ kind, ...where }) => `types: ${kind} ${JSON.stringify(where)}`),
  ];
}
