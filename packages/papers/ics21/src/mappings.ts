import {
  checkMapping,
  evaluate,
  findBestMapping,
  formatMapping,
  parseMapping,
  type Evaluation,
  type Problem,
} from '@archon-dse/loop-nest';
import type { MapResult } from '@archon-dse/archon-model';
import { architectureOf, type ArrayName } from './architectures.js';
import type { PredictionMapspace } from './data/published-mapspaces.js';
import { PUBLISHED_MAPPINGS } from './data/published-mappings.js';
import { publishedMapspace } from './mapspaces.js';
import type { RuleState } from './rules.js';
import { readLines } from './text.js';

export interface NestRequest {
  readonly array: ArrayName;
  readonly problem: Problem;
  /** What a prediction may do; absent on a prediction array is a layer of a head or tail. */
  readonly mapspace?: PredictionMapspace;
}

/** The mapping of a nest: the published one where it is known, asked for and fits, else the optimum of the published mapspace. */
export function mappingOf(request: NestRequest, state: RuleState): MapResult {
  const text = state === 'published' ? publishedText(request) : undefined;
  const memo = `${text === undefined ? 'searched' : 'published'} ${nestKey(request)}`;
  const mapped = results.get(memo) ?? (text === undefined ? searchNest(request) : evaluateText(text, request));
  results.set(memo, mapped);
  if (text !== undefined && mapped.found) publishedEvaluations.add(mapped.evaluation);
  return mapped;
}

/** Whether an evaluation is that of a published mapping. */
export function isPublished(evaluation: Evaluation): boolean {
  return publishedEvaluations.has(evaluation);
}

/** The optimum of the published mapspace. */
function searchNest({ array, problem, mapspace }: NestRequest): MapResult {
  const architecture = architectureOf(array);
  const best = findBestMapping(problem, architecture, publishedMapspace(array, problem, mapspace));
  if (!best.found) return { found: false, message: best.message };
  return { found: true, evaluation: best.evaluation, mapping: formatMapping(best.mapping, architecture) };
}

function nestKey(request: NestRequest): string {
  return `${arrayKey(request)} ${Object.values(request.mapspace ?? {}).join('/')}`;
}

/** Text of a published mapping; predictions that ran with the larger global buffer keep their mapping where it fits the other one. */
function publishedText(request: NestRequest): string | undefined {
  const text = published.get(arrayKey(request));
  if (text !== undefined || request.array !== 'prediction') return text;
  const larger = published.get(arrayKey({ ...request, array: 'prediction128' }));
  if (larger === undefined) return undefined;
  const architecture = architectureOf('prediction');
  const reason = checkMapping(request.problem, architecture, parseMapping(larger, architecture));
  return reason === undefined ? larger : undefined;
}

/** Array and problem as the table of published mappings writes them. */
function arrayKey({ array, problem }: NestRequest): string {
  const { C, M, R, P, strideP, depthwise } = problem;
  return `${array} C${C} M${M} K${R} P${P} s${strideP}${depthwise === true ? ' dw' : ''}`;
}

const published: ReadonlyMap<string, string> = new Map(
  readLines(PUBLISHED_MAPPINGS).map((line) => {
    const [key = '', mapping = ''] = line.split(' | ');
    return [key, mapping];
  }),
);
const results = new Map<string, MapResult>();
const publishedEvaluations = new WeakSet<Evaluation>();

function evaluateText(text: string, request: NestRequest): MapResult {
  const architecture = architectureOf(request.array);
  const evaluation = evaluate(request.problem, architecture, parseMapping(text, architecture));
  return { found: true, evaluation, mapping: text };
}
