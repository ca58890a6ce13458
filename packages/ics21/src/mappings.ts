import {
  checkMapping,
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
  type MapResult,
  type Split,
} from '@archon-dse/archon-model';
import { ARRAYS, architectureOf, type ArrayName } from './architectures.js';
import { PUBLISHED_MAPPINGS } from './data/published-mappings.js';
import type { RuleState } from './rules.js';
import { readLines } from './text.js';

export interface NestRequest {
  readonly array: ArrayName;
  readonly problem: Problem;
  /** Split of a prediction array; absent takes the usual one. */
  readonly split?: Split;
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
function searchNest({ array, problem, split }: NestRequest): MapResult {
  const architecture = architectureOf(array);
  const best = findBestMapping(problem, architecture, mapspaceOf(array, problem, split));
  if (!best.found) return { found: false, message: best.message };
  return { found: true, evaluation: best.evaluation, mapping: formatMapping(best.mapping, architecture) };
}

function nestKey(request: NestRequest): string {
  const { split } = request;
  const axis = (side: Split['x']): string =>
    side.dims.map((dim) => `${dim}${String(side.fixed?.[dim] ?? '')}`).join('');
  if (split === undefined) return arrayKey(request);
  return `${arrayKey(request)} ${axis(split.x)}/${axis(split.y)} ${split.ifmapChannels ?? ''}/${split.psumChannels ?? ''}`;
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

function mapspaceOf(array: ArrayName, problem: Problem, split: Split | undefined): ReturnType<typeof mainMapspace> {
  if (array === 'dense') return denseMapspace(problem, ARRAYS.dense);
  if (array === 'main' || array === 'main32') return mainMapspace(problem, PUBLISHED_ARCHON);
  return predictionMapspace(problem, split ?? usualSplit(problem, PUBLISHED_ARCHON));
}
