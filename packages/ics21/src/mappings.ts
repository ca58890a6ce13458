import {
  evaluate,
  findBestMapping,
  formatMapping,
  parseMapping,
  type Evaluation,
  type Problem,
} from '@archon-dse/loop-nest';
import { denseMapspace } from '@archon-dse/pe-array';
import {
  mainMapspace,
  PUBLISHED_ARCHON,
  predictionMapspace,
  usualSplit,
  type MappedNest,
  type Split,
} from '@archon-dse/archon-model';
import { ARRAYS, architectureOf, type ArrayName } from './architectures.js';
import { PUBLISHED_MAPPINGS } from './data/published-mappings.js';
import { SEARCHED_MAPPINGS } from './data/searched-mappings.js';
import type { RuleState } from './rules.js';
import { readLines } from './text.js';

export interface NestRequest {
  readonly array: ArrayName;
  readonly problem: Problem;
  /** Split of a prediction array; absent takes the usual one. */
  readonly split?: Split;
}

/**
 * The mapping of a nest: the published one where it is known and asked for, else the optimum of the published mapspace. Optima found
 * earlier are kept in a table, for a search takes up to a second; a nest that is not in it is searched now.
 */
export function mappingOf(request: NestRequest, state: RuleState): MappedNest {
  const text = state === 'published' ? published.get(arrayKey(request)) : undefined;
  if (text === undefined) return searchedMapping(request);
  const key = arrayKey(request);
  const known = asPublished.get(key);
  if (known !== undefined) return known;
  const mapped = evaluateText(text, request);
  asPublished.set(key, mapped);
  publishedEvaluations.add(mapped.evaluation);
  return mapped;
}

/** Whether an evaluation is that of a published mapping. */
export function isPublished(evaluation: Evaluation): boolean {
  return publishedEvaluations.has(evaluation);
}

/** The nests that were mapped by search so far, in the order they were first asked for. */
export function searchedNests(): readonly NestRequest[] {
  return [...asSearched.values()].map(({ request }) => request);
}

/** The optimum the table holds for a nest. */
export function recordedMapping(request: NestRequest): string | undefined {
  return searched.get(nestKey(request));
}

function searchedMapping(request: NestRequest): MappedNest {
  const key = nestKey(request);
  const known = asSearched.get(key);
  if (known !== undefined) return known.mapped;
  const text = recordedMapping(request);
  const mapped = text === undefined ? searchNest(request) : evaluateText(text, request);
  asSearched.set(key, { request, mapped });
  return mapped;
}

/** Search of one nest, past all tables. */
export function searchNest({ array, problem, split }: NestRequest): MappedNest {
  const architecture = architectureOf(array);
  const best = findBestMapping(problem, architecture, mapspaceOf(array, problem, split));
  if (!best.found) return { found: false, message: best.message };
  return { found: true, evaluation: best.evaluation, mapping: formatMapping(best.mapping, architecture) };
}

/** Array, split and problem as the tables of mappings write them. */
export function nestKey(request: NestRequest): string {
  const { split } = request;
  const axis = (side: Split['x']): string =>
    side.dims.map((dim) => `${dim}${String(side.fixed?.[dim] ?? '')}`).join('');
  return split === undefined ? arrayKey(request) : `${arrayKey(request)} ${axis(split.x)}/${axis(split.y)}`;
}

function arrayKey({ array, problem }: NestRequest): string {
  const { C, M, R, P, strideP, depthwise } = problem;
  return `${array} C${C} M${M} K${R} P${P} s${strideP}${depthwise === true ? ' dw' : ''}`;
}

function readMappings(text: string): ReadonlyMap<string, string> {
  return new Map(
    readLines(text).map((line) => {
      const [key = '', mapping = ''] = line.split(' | ');
      return [key, mapping];
    }),
  );
}

const published = readMappings(PUBLISHED_MAPPINGS);
const searched = readMappings(SEARCHED_MAPPINGS);
const asPublished = new Map<string, MappedNest>();
const publishedEvaluations = new WeakSet<Evaluation>();
const asSearched = new Map<string, { readonly request: NestRequest; readonly mapped: MappedNest }>();

function evaluateText(text: string, request: NestRequest): Extract<MappedNest, { found: true }> {
  const architecture = architectureOf(request.array);
  const evaluation = evaluate(request.problem, architecture, parseMapping(text, architecture));
  return { found: true, evaluation, mapping: text };
}

function mapspaceOf(array: ArrayName, problem: Problem, split: Split | undefined): ReturnType<typeof mainMapspace> {
  if (array === 'dense') return denseMapspace(problem, ARRAYS.dense);
  if (array === 'main' || array === 'main32') return mainMapspace(problem, PUBLISHED_ARCHON);
  return predictionMapspace(problem, split ?? usualSplit(problem, PUBLISHED_ARCHON));
}
