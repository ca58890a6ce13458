import {
  didYouMean,
  fail,
  optionsByPath,
  own,
  withValueAt,
  type ContributionMeta,
  type JsonValue,
  type Options,
} from '@archon-dse/core';
import { parseSetValue, readOptionDocument, resolveOptions, type Documents } from '@archon-dse/config';

/** The contributions that `--set` can reach in a command, by the prefix that names them, e.g. `network`. */
export type SetTargets = Readonly<Record<string, ContributionMeta>>;

/**
 * Sorts `--set key=value` texts over the targets and fills in defaults, see {@link readSetOptions}.
 *
 * @throws ArchonError naming the option: no `=`, unknown, in more than one target, or a bad value
 */
export function resolveSetOptions<T extends SetTargets>(
  texts: readonly string[],
  targets: T,
  read: Documents['read'],
): { readonly [K in keyof T]: Options } {
  const given = readSetOptions(texts, targets, read);
  return Object.fromEntries(
    Object.entries(targets).map(([target, meta]) => [target, resolveOptions(meta, withSet(meta, {}, given[target]))]),
  ) as { readonly [K in keyof T]: Options };
}

/**
 * Sorts `--set key=value` texts over the targets. `network.width=0.5` names the target; a bare `width=0.5` goes to the only target that
 * has such an option. `pe.lanes=4` sets a member of one. Values are not checked, but for documents that options name.
 *
 * @param read - reads these documents
 * @returns what is given, by target and by the path of an option or member
 * @throws ArchonError naming the option: no `=`, in no target or in more than one, or given before
 */
export function readSetOptions(
  texts: readonly string[],
  targets: SetTargets,
  read: Documents['read'],
): Readonly<Record<string, Options>> {
  const given = new Map(Object.keys(targets).map((target) => [target, new Map<string, JsonValue>()]));
  for (const text of texts) {
    const [key, value] = splitAssignment(text);
    const [target, option] = findTarget(key, targets);
    const options = given.get(target);
    const isWithin = (inner: string, outer: string) => `${inner}.`.startsWith(`${outer}.`);
    const meta = targets[target];
    const other = [...(options?.keys() ?? [])].find((known) => {
      const isDocument = own(meta?.options ?? {}, known)?.document === true; // members may follow what it is given
      return isWithin(known, option) || (isWithin(option, known) && (known === option || !isDocument));
    });
    if (other !== undefined) {
      fail({
        code: 'ARCHON_USAGE',
        message: `--set gives ${target}.${isWithin(other, option) ? other : option} twice`,
        expected: 'one value for each option',
        path: key,
      });
    }
    options?.set(option, meta === undefined ? value : readOptionDocument(meta, option, value, read));
  }
  return Object.fromEntries([...given].map(([target, options]) => [target, Object.fromEntries(options)]));
}

/** Options with what `--set` gives in place of their own; a member goes into the map that is there, or else into its default. */
export function withSet({ options: schemas }: ContributionMeta, options: Options, set: Options = {}): Options {
  return Object.entries(set).reduce((all, [path, value]) => {
    const [name = ''] = path.split('.');
    const map = name === path ? undefined : (own(all, name) ?? own(schemas, name)?.default);
    return withValueAt(map === undefined ? all : { ...all, [name]: map }, path, value);
  }, options);
}

/** What `--set` texts give for an option, with or without a prefix. */
export function findAssignments(texts: readonly string[], option: string): readonly JsonValue[] {
  const all = texts.map(splitAssignment);
  return all.filter(([key]) => key === option || key.endsWith(`.${option}`)).map(([, value]) => value);
}

function splitAssignment(text: string): readonly [string, JsonValue] {
  const equals = text.indexOf('=');
  if (equals < 1) {
    fail({ code: 'ARCHON_USAGE', message: `--set ${text} is not an assignment`, expected: '--set option=value' });
  }
  return [text.slice(0, equals), parseSetValue(text.slice(equals + 1))];
}

function findTarget(key: string, targets: SetTargets): readonly [string, string] {
  const names = Object.keys(targets);
  const dot = key.indexOf('.');
  const prefix = key.slice(0, Math.max(0, dot));
  if (dot > 0 && names.includes(prefix)) return [prefix, key.slice(dot + 1)];
  const [option = ''] = key.split('.');
  const owners = names.filter((name) => targets[name] !== undefined && Object.hasOwn(targets[name].options, option));
  const [owner] = owners;
  if (owner !== undefined && owners.length === 1) return [owner, key];
  const known = names.flatMap((name) => Object.keys(optionsByPath(targets[name]?.options ?? {})));
  const hint = didYouMean(key, known);
  return fail({
    code: 'ARCHON_UNKNOWN_OPTION',
    message:
      owners.length > 1
        ? `--set ${key} could mean ${owners.map((o) => `${o}.${key}`).join(' or ')}`
        : `there is no option "${key}"`,
    path: key,
    expected: owners.length > 1 ? 'the option with its prefix' : `one of: ${[...new Set(known)].sort().join(', ')}`,
    ...(hint === undefined || owners.length > 1 ? {} : { hint }),
  });
}
