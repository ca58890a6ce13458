import { basename, resolve } from 'node:path';
import validatePackageName from 'validate-npm-package-name';
import { Refusal } from './refusal.js';

/** What a plugin is called: its package, and the namespace of the ids of what it brings. */
export interface Names {
  readonly packageName: string;
  readonly namespace: string;
}

/** As the host checks it: kebab-case. */
const NAMESPACE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** That of the plugins that come with Archon DSE. */
const RESERVED = 'archon';
/** What names of such packages begin with, which says nothing inside a sweep. */
const PREFIX = /^archon-(dse-)?(plugin-)?/;

/**
 * The names of a plugin, those not given made of the others.
 *
 * @param folder - where it will be; the package is named after it
 * @throws Refusal for names that npm or a host would refuse
 */
export function namesOf(folder: string, given: { readonly name?: string; readonly namespace?: string }): Names {
  const packageName = given.name ?? basename(resolve(folder));
  requirePackageName(packageName);
  const namespace = given.namespace ?? namespaceFor(packageName);
  requireNamespace(namespace, packageName);
  return { packageName, namespace };
}

/** @throws Refusal */
function requirePackageName(name: string): void {
  const { validForNewPackages, errors = [], warnings = [] } = validatePackageName(name);
  if (validForNewPackages) return;
  const reasons = [...errors, ...warnings].join(', ');
  throw new Refusal(
    `"${name}" cannot be the name of a package: ${reasons}`,
    'a name such as my-plugin; --name gives it',
  );
}

function namespaceFor(packageName: string): string {
  const bare = packageName.replace(/^@[^/]*\//, '');
  const short = bare.replace(PREFIX, '');
  return (short === '' ? bare : short).replace(/[^a-z0-9]+/g, '-').replace(/^[-0-9]+|-+$/g, '');
}

/** @throws Refusal */
function requireNamespace(namespace: string, packageName: string): void {
  const expected = 'a name in kebab-case such as my-plugin; --namespace gives it';
  if (!NAMESPACE.test(namespace))
    throw new Refusal(`"${namespace}" cannot be the namespace of ${packageName}`, expected);
  if (namespace === RESERVED)
    throw new Refusal(`the namespace "${RESERVED}" is that of the built-in plugins`, expected);
}
