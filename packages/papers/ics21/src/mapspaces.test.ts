import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findBestMapping, type BestMapping, type MapspaceConstraints, type Problem } from '@archon-dse/loop-nest';
import { architectureOf, type ArrayName } from './architectures.js';
import { LAYER_MAPSPACES, PREDICTION_MAPSPACES, type PredictionMapspace } from './data/published-mapspaces.js';
import { publishedMapspace } from './mapspaces.js';

interface Nest {
  readonly array: ArrayName;
  readonly mapspace?: PredictionMapspace;
  readonly problem: Problem;
}
interface PublishedRun extends Nest {
  readonly title: string;
  readonly cycles: number;
  readonly energyPj: number;
}

const ARRAYS: Readonly<Record<string, ArrayName>> = {
  dense: 'dense',
  archon_pred: 'prediction',
  archon_pred_glb128k: 'prediction128',
  archon_main: 'main',
};

/** Every run in the table of published outputs, one for each nest; see its PROVENANCE.md. */
function publishedRuns(): readonly PublishedRun[] {
  const table = readFileSync(new URL('../../../model/loop-nest/golden/layers.tsv', import.meta.url), 'utf8');
  const runs = new Map<string, PublishedRun>();
  for (const line of table.trimEnd().split('\n').slice(1)) {
    const [layer = '', architecture = '', sizes = '', , cycles, , energyPj] = line.split('\t');
    const mapspace = predictionMapspace(layer);
    const nest = { array: ARRAYS[architecture] ?? 'dense', ...(mapspace === undefined ? {} : { mapspace }) };
    const key = `${nest.array} ${sizes} ${layer.includes('/predictions/') ? layer.replace(/b\d+/, '') : ''}`;
    runs.set(key, {
      ...{ title: `${layer}: ${sizes}`, cycles: Number(cycles), energyPj: Number(energyPj) },
      ...{ ...nest, problem: problemOf(sizes) },
    });
  }
  return [...runs.values()];
}

function predictionMapspace(layer: string): PredictionMapspace | undefined {
  if (!layer.includes('/predictions/')) return undefined;
  const network = PREDICTION_MAPSPACES[layer.startsWith('mobilenet') ? 'mobilenet-v2' : 'fusionet'];
  return network[layer.endsWith('/decom') ? 'predict-expand' : 'predict-depthwise'];
}

function problemOf(sizes: string): Problem {
  const bound = (dim: string): number => Number(new RegExp(`${dim}(\\d+)`).exec(sizes)?.[1] ?? 1);
  const [C, M, R, S, P, Q] = [bound('C'), bound('M'), bound('R'), bound('S'), bound('P'), bound('Q')];
  return { C, M, R, S, P, Q, N: 1, strideP: bound('/'), strideQ: bound('/') };
}

function optimum({ array, problem }: Nest, constraints: MapspaceConstraints): BestMapping {
  const best = findBestMapping(problem, architectureOf(array), constraints);
  if (!best.found) throw new Error(best.message);
  return best;
}
const publishedOptimum = (nest: Nest): BestMapping =>
  optimum(nest, publishedMapspace(nest.array, nest.problem, nest.mapspace));

/** Printed with two decimals. */
const PRINTED_PJ = 0.005;

describe('no published mapping beats the optimum of the mapspace it came from', () => {
  // Average pooling on ARCHON has a mapspace of its own and is in no table.
  const runs = publishedRuns().filter(({ array, title }) => array === 'dense' || !title.includes('ave_pool'));

  it('has every nest of MobileNetV2 and FusioNet, CIFAR-10', () => {
    const counts = runs.map(({ array }) => array);
    const count = (name: ArrayName): number => counts.filter((array) => array === name).length;
    expect([count('dense'), count('prediction'), count('prediction128'), count('main')]).toEqual([53, 16, 9, 13]);
  });

  it.each(runs)('$title', (run) => {
    const { evaluation, proven } = publishedOptimum(run);
    expect(proven).toBe(true);
    expect(evaluation.cycles).toBe(run.cycles);
    expect(evaluation.energyPj).toBeLessThanOrEqual(run.energyPj + PRINTED_PJ);
  });

  /** Where no mapping of ours was as good before. @source compstruct/fusion-timeloop-model, mapper outputs */
  it.each([
    {
      title: 'ShuffleNet b1 comp',
      array: 'prediction128',
      mapspace: PREDICTION_MAPSPACES.shufflenet['predict-project'],
      problem: problemOf('C858 M6 P32 Q32'),
      ...{ cycles: 82_368, energyPj: 175_050_313.73 },
    },
    {
      title: 'MnasNet b12 conv',
      array: 'prediction',
      mapspace: PREDICTION_MAPSPACES['mobilenet-v2']['predict-depthwise'],
      problem: problemOf('M960 R5 S5 P8 Q8'),
      ...{ cycles: 24_000, energyPj: 19_236_052.67 },
    },
  ] satisfies PublishedRun[])('$title: the published mapping is the optimum', (run) => {
    const { evaluation } = publishedOptimum(run);
    expect(evaluation.cycles).toBe(run.cycles);
    expect(Math.abs(evaluation.energyPj - run.energyPj)).toBeLessThanOrEqual(PRINTED_PJ);
  });
});

describe('the mapspace of heads and tails', () => {
  it.each([
    'C8 M8 P32 Q32',
    'C32 M16 P32 Q32',
    'C28 M320 P8 Q8 /8',
    'C160 M128 P8 Q8',
    'M24 R3 S3 P32 Q32',
    'M32 R3 S3 P32 Q32',
    'C3 M24 R3 S3 P32 Q32',
    'C960 M10',
    'C1280 M100',
  ])('%s: leaves out only what no optimum needs', (sizes) => {
    const nest: Nest = { array: 'prediction', problem: problemOf(sizes) };
    const [, glb, ...inner] = publishedMapspace('prediction', nest.problem);
    const { spatialX } = glb ?? {};
    const whole = optimum(nest, [{}, { ...(spatialX === undefined ? {} : { spatialX }) }, ...inner]);
    const { evaluation } = publishedOptimum(nest);
    expect([evaluation.cycles, evaluation.energyPj]).toEqual([whole.evaluation.cycles, whole.evaluation.energyPj]);
  });

  it('has a split of its own for layers without a plane', () => {
    expect(publishedMapspace('prediction', problemOf('C960 M10'))[1]?.spatialX).toEqual({
      dims: ['C'],
      fixed: { C: 8 },
    });
    expect(LAYER_MAPSPACES.plane.x).toBe('C M P');
  });
});
