import { readFileSync } from 'node:fs';
import type { PriceTables } from '@archon-dse/core';
import type { Problem } from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import { archonArchitectures } from './architectures.js';
import { PUBLISHED_ARCHON } from './hardware.js';
import type { MapResult, NestKind } from './map-layer.js';
import { usualSplits } from './mapspaces.js';
import { ICS21_RULES_A } from './rules.js';
import { searchedMapLayer } from './search-layer.js';

/** pJ an access of the published prediction hardware, whose scratchpads swap roles. @source ICS'21 ARCHON experiments, Accelergy outputs */
const PJ = { DRAM: 512, DummyBuffer: 0, ifmap_spad: 0.237, psum_spad: 0.338, weights_spad: 0.896 };
/** By size of the global buffer, KiB. */
const GLB_PJ = { 100: 68.751, 128: 75.215 } as const;

function mapLayer(glbKib: 100 | 128, changes: Partial<typeof PUBLISHED_ARCHON> = {}) {
  const hardware = { ...PUBLISHED_ARCHON, glbKib, glbBanks: glbKib / 4, ...changes };
  const access = (value: number) => ({ access: { value, source: 'test' } });
  const prices: PriceTables = {
    ert: {
      ...Object.fromEntries(Object.entries(PJ).map(([part, pj]) => [part, access(pj)])),
      shared_glb: access(GLB_PJ[glbKib]),
      mac: { compute: { value: 2.2, source: 'test' } },
    },
    art: {},
  };
  return searchedMapLayer(hardware, archonArchitectures(hardware, ICS21_RULES_A, prices));
}
const mappers = { 100: mapLayer(100), 128: mapLayer(128) };

function evaluationOf(result: MapResult) {
  if (!result.found) throw new Error(result.message);
  return result.evaluation;
}

function problemOf(sizes: string): Problem {
  const bound = (dim: string): number => Number(new RegExp(`${dim}(\\d+)`).exec(sizes)?.[1] ?? 1);
  const [C, M, R, S, P, Q] = [bound('C'), bound('M'), bound('R'), bound('S'), bound('P'), bound('Q')];
  return { C, M, R, S, P, Q, N: 1, strideP: bound('/'), strideQ: bound('/') };
}

interface PublishedRun {
  readonly kind: Exclude<NestKind, 'main'>;
  readonly glbKib: 100 | 128;
  readonly sizes: string;
  readonly cycles: number;
  readonly energyPj: number;
}

/** Predictions, heads and tails of MobileNetV2 and FusioNet in the table of published outputs; see its PROVENANCE.md. */
function publishedRuns(): readonly PublishedRun[] {
  const table = readFileSync(new URL('../../loop-nest/golden/layers.tsv', import.meta.url), 'utf8');
  const runs = table
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([layer = '', array = '']) => array.startsWith('archon_pred') && !layer.includes('ave_pool'))
    .map(([layer = '', array = '', sizes = '', , cycles, , energyPj]): PublishedRun => {
      const prediction = layer.endsWith('/decom') ? 'predict-expand' : 'predict-depthwise';
      const kind = layer.includes('/predictions/') ? prediction : 'layer';
      return {
        kind,
        glbKib: array.endsWith('128k') ? 128 : 100,
        sizes,
        cycles: Number(cycles),
        energyPj: Number(energyPj),
      };
    });
  return [...new Map(runs.map((run) => [`${run.kind} ${run.glbKib} ${run.sizes}`, run])).values()];
}

/** Of other networks. @source compstruct/fusion-timeloop-model, mapper outputs */
const OTHERS: readonly PublishedRun[] = [
  // ShuffleNet b1 comp: only 2 of its 6 output channels fit a side.
  { kind: 'predict-project', glbKib: 128, sizes: 'C858 M6 P32 Q32', cycles: 82_368, energyPj: 175_050_313.73 },
  // MnasNet b12 conv.
  { kind: 'predict-depthwise', glbKib: 100, sizes: 'M960 R5 S5 P8 Q8', cycles: 24_000, energyPj: 19_236_052.67 },
];

describe('searchedMapLayer', () => {
  const runs = [...publishedRuns(), ...OTHERS];

  it('is compared with 25 nests of MobileNetV2 and FusioNet, and two more', () => {
    expect(runs).toHaveLength(25 + 2);
  });

  it.each(runs)('$kind $sizes, $glbKib KiB: cycles of the published mapping, and no more energy', (run) => {
    const { kind, glbKib, sizes, cycles, energyPj } = run;
    const found = evaluationOf(mappers[glbKib]({ kind, problem: problemOf(sizes), name: 'layer' }));
    expect(found.cycles).toBe(cycles);
    expect(found.energyPj).toBeLessThanOrEqual(energyPj + 0.005);
  });

  it('falls back on any split of the outputs where no published one keeps every PE busy', () => {
    const problem = problemOf('C8 M49 P7 Q7');
    const groups = usualSplits('layer', problem, PUBLISHED_ARCHON);
    expect(groups.map((group) => group.length)).toEqual([1]);
    expect(evaluationOf(mappers[100]({ kind: 'layer', problem, name: 'layer' })).computeCycles).toBe(8 * 49);
  });

  it('takes no split that a mesh side does not divide', () => {
    const problem = problemOf('M1 R3 S3 P12 Q12');
    const splits = usualSplits('predict-depthwise', problem, { meshX: 3, meshY: 1 });
    expect(splits.map((group) => group.length)).toEqual([1, 1]);
    const onThree = mapLayer(100, { meshX: 3, meshY: 1 });
    expect(evaluationOf(onThree({ kind: 'predict-depthwise', problem, name: 'layer' })).computeCycles).toBe(432);
  });
});
