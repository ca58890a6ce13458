import {
  ArchonError,
  CONTRIBUTION_KINDS,
  DIRECTIONS,
  ENGINE_METRICS,
  isMetricName,
  KINDS,
  METRIC_NAME,
  TYPE_WORDS,
  type ContributionKind,
  type Diagnostic,
  type OptionSchema,
  type Plugin,
} from '@archon-dse/core';
import { isObject } from '../is-object.js';
import { schemaProblem } from '@archon-dse/config/schema-problem'; // a worker thread reads no YAML
import { excerpt } from '@archon-dse/engine/border';
import type { PluginSource } from './source.js';

/** Functions every contribution of a kind has. */
const FUNCTIONS: Readonly<Record<ContributionKind, readonly string[]>> = {
  network: ['build'],
  stage: ['apply'],
  accelerator: ['create'],
  component: ['price'],
  strategy: ['create'],
};
/** Functions a contribution of a kind may have. */
const OPTIONAL_FUNCTIONS: Readonly<Partial<Record<ContributionKind, readonly string[]>>> = { stage: ['check'] };
/** Functions a contribution may have, whatever its kind. */
export const CONTRIBUTION_FUNCTIONS: readonly string[] = [FUNCTIONS, OPTIONAL_FUNCTIONS].flatMap((table) =>
  Object.values(table).flat(),
);
const OPTION_TYPES = Object.keys(TYPE_WORDS);
const MOST_REPORTED = 20;
const LONGEST_SHOWN = 300;
/** Options are members of points and keys of YAML. */
const OPTION_NAME = /^[A-Za-z][\w-]*$/;
const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

type Members = Readonly<Record<string, unknown>>;
/** What is wrong at a path of the plugin object, and what was expected there. */
type Problem = readonly [path: string, found: string, expected: string];

/**
 * Compares a plugin with the contract and with its own manifest.
 *
 * @param value - its default export as `snapshotPlugin` read it
 * @throws ArchonError ARCHON_PLUGIN_SHAPE, one diagnostic for each thing that is wrong, 20 at most
 */
export function requirePlugin(value: unknown, source: PluginSource): Plugin {
  const problems = problemsOf(value, source).slice(0, MOST_REPORTED);
  const [first, ...rest] = problems.map(([path, found, expected]): Diagnostic => ({
    code: 'ARCHON_PLUGIN_SHAPE',
    message: `plugin "${source.name}" in ${source.root}: ${path} is ${found}`,
    path,
    expected,
    plugin: source.name,
  }));
  if (first !== undefined) throw new ArchonError(first, ...rest);
  return value as Plugin;
}

function problemsOf(value: unknown, source: PluginSource): readonly Problem[] {
  if (!isObject(value)) return [['default export', show(value), 'a plugin object made by definePlugin']];
  if (!isObject(value['meta'])) return [['meta', show(value['meta']), 'an object']];
  const lists = KINDS.map((kind) => [kind, CONTRIBUTION_KINDS[kind]] as const);
  const known = ['meta', ...lists.map(([, member]) => member)];
  return [
    ...Object.keys(value)
      .filter((key) => !known.includes(key))
      .map((key): Problem => [key, 'no member of a plugin', `only ${known.join(', ')}`]),
    ...checkMeta(value['meta'], source),
    ...lists.flatMap(([kind, member]) => checkList(kind, member, value[member])),
    ...checkProvides(value, source.manifest.provides),
  ];
}

function checkMeta(meta: Members, source: PluginSource): readonly Problem[] {
  const wanted = { name: source.name, version: source.version, apiVersion: source.manifest.apiVersion };
  const problems = Object.entries(wanted)
    .filter(([key, expected]) => meta[key] !== expected)
    .map(([key, expected]): Problem => [`meta.${key}`, show(meta[key]), `${show(expected)}, as in its package.json`]);
  return [...problems, ...expectName('meta.namespace', meta['namespace'])];
}

function checkList(kind: ContributionKind, member: string, list: unknown): readonly Problem[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) return [[member, show(list), 'an array']];
  return list.flatMap((item: unknown, index) => checkContribution(kind, `${member}[${index}]`, item));
}

function checkContribution(kind: ContributionKind, path: string, item: unknown): readonly Problem[] {
  if (!isObject(item)) return [[path, show(item), `a ${kind}`]];
  const present = (OPTIONAL_FUNCTIONS[kind] ?? []).filter((name) => item[name] !== undefined);
  const functions = [...FUNCTIONS[kind], ...present]
    .filter((name) => typeof item[name] !== 'function')
    .map((name): Problem => [`${path}.${name}`, show(item[name]), 'a function']);
  const meta = item['meta'];
  if (!isObject(meta)) return [...functions, [`${path}.meta`, show(meta), 'an object']];
  return [
    ...functions,
    ...expectName(`${path}.meta.name`, meta['name']),
    ...['title', 'description', 'source'].flatMap((key) => expectText(`${path}.meta.${key}`, meta[key])),
    ...(kind === 'component'
      ? checkClass(`${path}.meta`, meta)
      : checkOptions(`${path}.meta.options`, meta['options'])),
    ...(kind === 'stage' || kind === 'accelerator' ? checkMetrics(kind, `${path}.meta`, meta) : []),
  ];
}

/** The attributes of a component class, which need no default, and its actions. */
function checkClass(path: string, { attributes, actions }: Members): readonly Problem[] {
  const names = isObject(actions) ? Object.keys(actions) : [];
  return [
    ...checkOptions(`${path}.attributes`, attributes, 'attribute'),
    ...(names.length > 0 ? [] : [[`${path}.actions`, show(actions), 'an object of actions, at least one'] as const]),
    ...names.flatMap((name) => expectText(`${path}.actions.${name}`, isObject(actions) ? actions[name] : undefined)),
  ];
}

/** What a stage or an accelerator says it reports; it need not say anything. */
function checkMetrics(kind: ContributionKind, path: string, { metrics, options }: Members): readonly Problem[] {
  if (metrics === undefined) return [];
  if (!isObject(metrics)) return [[`${path}.metrics`, show(metrics), 'an object of metrics, {} for none']];
  return Object.entries(metrics).flatMap(([name, metric]): readonly Problem[] => {
    const at = `${path}.metrics.${name}`;
    if (!isMetricName(name)) return [[at, 'no name of a metric', `a name like accuracy, ${METRIC_NAME}`]];
    if (Object.hasOwn(ENGINE_METRICS, name)) return [[at, 'a metric of the engine', 'another name']];
    if (!isObject(metric)) return [[at, show(metric), 'an object with a description and a direction']];
    const { direction } = metric;
    return [
      ...expectText(`${at}.description`, metric['description']),
      ...(DIRECTIONS.some((known) => known === direction)
        ? []
        : [[`${at}.direction`, show(direction), DIRECTIONS.join(' or ')] as const]),
      ...checkNeed(`${at}.needs`, metric['needs'], isObject(options) ? options : {}, kind),
    ];
  });
}

/** The option without which a metric is not measured, or with one value of which alone it is. */
function checkNeed(path: string, need: unknown, options: Members, kind: ContributionKind): readonly Problem[] {
  if (need === undefined) return [];
  const [at, name] = isObject(need) ? [`${path}.option`, need['option']] : [path, need];
  if (typeof name !== 'string' || !Object.hasOwn(options, name)) return [[at, show(name), `an option of the ${kind}`]];
  if (!isObject(need)) return [];
  const option = options[name];
  const choices: unknown = isObject(option) ? option['enum'] : undefined;
  if (need['is'] === undefined) return [[`${path}.is`, 'undefined', `a value of ${name}`]];
  if (!Array.isArray(choices) || choices.includes(need['is'])) return [];
  return [[`${path}.is`, show(need['is']), `one of: ${choices.map(show).join(', ')}`]];
}

function checkOptions(path: string, options: unknown, noun: 'option' | 'attribute' = 'option'): readonly Problem[] {
  if (!isObject(options)) return [[path, show(options), `an object of ${noun}s, {} for none`]];
  return Object.entries(options).flatMap(([name, option]): readonly Problem[] => {
    const problems = checkMember(`${path}.${name}`, name, option, noun);
    return problems.length > 0 ? problems : checkSchema(`${path}.${name}`, option as Members);
  });
}

/** An option or attribute, or a member of one that is a map. */
function checkMember(
  path: string,
  name: string,
  member: unknown,
  noun: 'option' | 'attribute' | 'member',
): readonly Problem[] {
  if (!OPTION_NAME.test(name))
    return [[path, `no name of ${withArticle(noun)}`, `a name like meshX, ${OPTION_NAME.source}`]];
  if (!isObject(member)) return [[path, show(member), `${withArticle(noun)} schema`]];
  const { type, description, default: usual, properties } = member;
  return [
    ...(OPTION_TYPES.includes(String(type)) ? [] : [[`${path}.type`, show(type), OPTION_TYPES.join(', ')] as const]),
    ...expectText(`${path}.description`, description),
    ...(noun === 'option' && usual === undefined ? [[`${path}.default`, 'undefined', 'a JSON value'] as const] : []),
    ...(isObject(properties)
      ? Object.entries(properties).flatMap(([key, one]) => checkMember(`${path}.properties.${key}`, key, one, 'member'))
      : []),
  ];
}

function withArticle(noun: string): string {
  return `${noun === 'member' ? 'a' : 'an'} ${noun}`;
}

function checkSchema(path: string, option: Members): readonly Problem[] {
  const problem = schemaProblem(option as unknown as OptionSchema);
  return problem === undefined ? [] : [[`${path}${problem.path}`, problem.found, problem.expected]];
}

/** The manifest's `provides` and the contributions must agree both ways. */
function checkProvides(plugin: Members, declared: readonly string[]): readonly Problem[] {
  const actual = KINDS.flatMap((kind) => {
    const list = plugin[CONTRIBUTION_KINDS[kind]];
    return (Array.isArray(list) ? list : []).map(
      (item: { meta?: { name?: unknown } } | null | undefined) => `${kind}:${item?.meta?.name}`,
    );
  });
  const missing = declared.filter((id) => !actual.includes(id));
  const extra = actual.filter((id) => !declared.includes(id));
  return [
    ...missing.map((id): Problem => [id, 'declared in "provides" of package.json but absent', 'a contribution']),
    ...extra.map((id): Problem => [id, 'contributed but not declared', 'an item of "provides" in package.json']),
  ];
}

function expectName(path: string, value: unknown): readonly Problem[] {
  return typeof value === 'string' && KEBAB_CASE.test(value) ? [] : [[path, show(value), 'a kebab-case name']];
}

function expectText(path: string, value: unknown): readonly Problem[] {
  return typeof value === 'string' && value.trim() !== '' ? [] : [[path, show(value), 'a text that is not empty']];
}

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  const text = JSON.stringify(value) as string | undefined;
  return excerpt(text ?? String(value), LONGEST_SHOWN);
}
