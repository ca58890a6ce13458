import { DATA_SPACES } from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import { exportDesign } from '../export/export-design.js';
import { runModel } from '../run.js';
import { COMPONENTS, EXPAND, file, NEST, TREE } from '../test-fixtures.js';
import { outputFiles } from './files.js';
import { statsText } from './stats-text.js';

const report = runModel([TREE, COMPONENTS, EXPAND, NEST]);
const files = outputFiles(report, 'timeloop-model');
const text = (kind: string): string => files.get(`timeloop-model.${kind}`) ?? '';

/** The way scripts of the published experiment read statistics: by offsets of lines below headings, and words of a line. */
describe('stats.txt', () => {
  const lines = text('stats.txt')
    .split('\n')
    .map((line) => line.trim());
  const word = (line: string | undefined, index: number): string | undefined => line?.split(/\s+/)[index];
  const section = (from: string, to: string): readonly string[] => lines.slice(lines.indexOf(from), lines.indexOf(to));

  it('has cycles and energy at their place in the summary', () => {
    const summary = lines.indexOf('Summary Stats');
    expect(word(lines[summary + 2], 1)).toBe('0.89');
    expect(word(lines[summary + 3], 1)).toBe('24576');
    expect(word(lines[summary + 4], 1)).toBe('25.59');
    expect(word(lines[summary + 5], 1)).toBe('1.44');
  });

  it('has the figures of a data space at their place below its name', () => {
    const dram = section('Level 6', 'Networks');
    const at = dram.indexOf('Outputs:');
    expect(word(dram[at + 1], 3)).toBe('98304');
    expect(word(dram[at + 12], 3)).toBe('12582912.00');
    const weights = section('Level 2', 'Level 3');
    expect(word(weights[weights.indexOf('Weights:') + 12], 3)).toBe('1863229.44');
  });

  it('has the networks with their traffic', () => {
    const network = section('glb <==> column', 'ifmap <==> weights');
    const inputs = network.slice(network.indexOf('Inputs:'), network.indexOf('Outputs:'));
    expect(
      inputs.map((line) =>
        line
          .split(/\s*: */)
          .slice(0, 2)
          .join(' '),
      ),
    ).toEqual(
      expect.arrayContaining(['Fanout 8', 'Multicast factor 2', 'Ingresses 16384', 'Average number of hops 3.21']),
    );
  });

  it('prints of two decimals that are equally near the even one, as C does', () => {
    const evaluation = { ...report.evaluation, energyPj: 0.125, utilization: 0.375 };
    expect(statsText({ ...report, evaluation })).toMatch(/Total topology energy: 0\.12 pJ[^]*Utilization: 0\.38/);
  });
});

/** The way Timeloop's parse_timeloop_output.py reads it: energy of an access times accesses times instances, summed over levels. */
describe('map+stats.xml', () => {
  const xml = text('map+stats.xml');
  const inside = (name: string, source: string): readonly string[] =>
    [...source.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^]*?)</${name}>`, 'g'))].map(([, content = '']) => content);
  const first = (name: string, source: string): string => inside(name, source)[0] ?? '';
  const items = (name: string, source: string): readonly number[] => inside('item', first(name, source)).map(Number);

  it('sums up to the energy', () => {
    const levels = first('levels_', xml).split('class_name="model::BufferLevel"').slice(1);
    expect(levels).toHaveLength(6);
    const energies = levels.map((level) => {
      const stats = first('stats_', level);
      const [each, reads, updates, fills, instances] = [
        'energy_per_access',
        'reads',
        'updates',
        'fills',
        'utilized_instances',
      ].map((name) => items(name, stats));
      return (each ?? []).reduce((sum, pj, s) => {
        const accesses = (reads?.[s] ?? 0) + (updates?.[s] ?? 0) + (fills?.[s] ?? 0);
        return Number.isNaN(pj) ? sum : sum + pj * accesses * (instances?.[s] ?? 0);
      }, 0);
    });
    const arithmetic = Number(first('energy_', xml));
    expect(energies.reduce((sum, pj) => sum + pj, arithmetic)).toBeCloseTo(25590669.312, 3);
    expect(Number(first('cycles_', xml))).toBe(24576);
  });

  it('has the bounds of the problem and a network for each level', () => {
    expect(inside('second', first('factorized_bounds_', xml)).map(Number)).toEqual([16, 96, 1, 1, 1, 32, 32]);
    expect(inside('first', first('networks_', xml))[0]).toBe('dram &lt;==&gt; glb');
    expect(inside('multicast_factor', xml)).toHaveLength(6);
  });
});

describe('ERT and ART', () => {
  it('price the same design as its components', () => {
    const tables = [file('ERT.yaml', text('ERT.yaml')), file('ART.yaml', text('ART.yaml'))];
    const again = runModel([TREE, ...tables, EXPAND, NEST]);
    expect(again.evaluation).toEqual(report.evaluation);
    expect(again.areaUm2).toBe(report.areaUm2);
  });
});

it('leaves out directives for a dimension along both axes of a mesh, which Timeloop has no words for', () => {
  const level = { name: 'dram', keeps: DATA_SPACES, blockSize: 1, accessEnergyPj: 1, meshX: 2, meshY: 2 };
  const problem = { C: 4, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };
  const design = exportDesign({ problem, architecture: { levels: [level], macs: 4, macEnergyPj: 1 } });
  expect([...outputFiles(runModel(design, { line: 'L0[WIO] Q1 C2X C2Y' }), 'x').keys()]).not.toContain('x.map.yaml');
  expect([...files.keys()]).toContain('timeloop-model.map.yaml');
});
