import fc from 'fast-check';
import {
  DATA_SPACES,
  DIMS,
  evaluate,
  type Dim,
  type Level,
  type LevelConstraint,
  type Loop,
  type Mapping,
} from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { aDesign } from '../../test/design-cases.js';
import { readMapperFiles, readModelFiles } from '../read-files.js';
import { exportDesign } from './export-design.js';

const bySpace = (dims: readonly Dim[]): readonly Dim[] => DIMS.filter((dim) => dims.includes(dim));

describe('exportDesign', () => {
  it('writes files that read back as the same problem, architecture and mapping', () => {
    fc.assert(
      fc.property(aDesign, ({ problem, architecture, mapping }) => {
        const read = readModelFiles(exportDesign({ problem, architecture, mapping }));
        expect(read.named.problem).toEqual(problem);
        expect(read.architecture).toEqual(architecture);
        const sorted = (given: Mapping): readonly unknown[] =>
          given.map((loops) => [loops.filter(({ kind }) => kind === 'temporal'), new Set(loops)]);
        expect(sorted(read.mapping)).toEqual(sorted(mapping));
        expect(evaluate(problem, architecture, read.mapping).energyPj).toBe(
          evaluate(problem, architecture, mapping).energyPj,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('writes constraints that leave the same mapspace', () => {
    fc.assert(
      fc.property(aDesign, ({ problem, architecture, constraints }) => {
        const read = readMapperFiles(exportDesign({ problem, architecture, constraints }));
        const plain = ({ temporal = {}, spatialX, spatialY }: LevelConstraint): object => ({
          temporal,
          x: bySpace(spatialX?.dims ?? []),
          y: bySpace(spatialY?.dims ?? []),
        });
        expect(read.constraints.map(plain)).toEqual(constraints.map(plain));
        const looping = (dim: Dim): boolean => (problem[dim] ?? 1) > 1;
        for (const [l, { order = [], temporal = {} }] of constraints.entries()) {
          const given = read.constraints[l]?.order ?? [];
          const pinned = order.filter((dim) => looping(dim) && temporal[dim] !== 1);
          expect(given.filter((dim) => pinned.includes(dim))).toEqual(pinned);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('writes a depthwise problem as groups of one channel', () => {
    const problem = { C: 1, M: 6, R: 3, S: 3, P: 4, Q: 4, N: 1, strideP: 2, strideQ: 2, depthwise: true };
    const levels = [{ name: 'dram', keeps: DATA_SPACES, blockSize: 1, accessEnergyPj: 1, meshX: 1, meshY: 1 }];
    const dims: readonly Dim[] = ['M', 'R', 'S', 'P', 'Q'];
    const mapping = [
      dims.map((dim): Loop => ({ dim: dim === 'M' ? 'G' : dim, bound: problem[dim as 'M'], kind: 'temporal' })),
    ];
    const read = readModelFiles(exportDesign({ problem, architecture: { levels, macs: 1, macEnergyPj: 1 }, mapping }));
    expect(read.named.problem).toEqual({ C: 1, M: 1, G: 6, R: 3, S: 3, P: 4, Q: 4, N: 1, strideP: 2, strideQ: 2 });
  });

  it('refuses what Timeloop has no words for', () => {
    const level: Level = { name: 'dram', keeps: DATA_SPACES, blockSize: 1, accessEnergyPj: 1, meshX: 2, meshY: 2 };
    const problem = { C: 4, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };
    const architecture = { levels: [level], macs: 4, macEnergyPj: 1 };
    const both = [
      [
        { dim: 'C', bound: 2, kind: 'spatialX' },
        { dim: 'C', bound: 2, kind: 'spatialY' },
      ],
    ] as const;
    expect(diagnosticsOf(() => exportDesign({ problem, architecture, mapping: both }))[0]?.message).toBe(
      'C has two loops of a kind at one level',
    );
    const packed = { ...architecture, levels: [{ ...level, packing: { Weights: 2 } }] };
    expect(diagnosticsOf(() => exportDesign({ problem, architecture: packed }))[0]?.message).toBe(
      'dram packs words by data space',
    );
    const constraints = [{ spatialX: { dims: ['C', 'M'] }, spatialY: { dims: ['C'] } }] as const;
    expect(diagnosticsOf(() => exportDesign({ problem, architecture, constraints }))[0]?.message).toBe(
      'dram may spread C along both axes',
    );
  });
});
