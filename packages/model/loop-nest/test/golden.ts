import { readFileSync } from 'node:fs';
import type { Architecture } from '../src/model/architecture.js';
import { parseMapping } from '../src/model/format.js';
import type { Mapping } from '../src/model/mapping.js';
import type { Problem } from '../src/model/problem.js';

/** Rows of the published outputs under `golden/`; see PROVENANCE.md there for the columns. */
export interface GoldenRow {
  readonly name: string;
  readonly architecture: Architecture;
  readonly problem: Problem;
  readonly mapping: Mapping;
  readonly mappingText: string;
  readonly cells: Readonly<Record<string, string>>;
}

function golden(file: string): string {
  return readFileSync(new URL(`../golden/${file}`, import.meta.url), 'utf8');
}

export const ARCHITECTURES = JSON.parse(golden('architectures.json')) as Readonly<Record<string, Architecture>>;

export function readGolden(file: 'layers.tsv' | 'mapper-log.tsv'): readonly GoldenRow[] {
  const [header = '', ...lines] = golden(file).trimEnd().split('\n');
  const names = header.split('\t');
  return lines.map((line, i) => {
    const cells = Object.fromEntries(line.split('\t').map((cell, column) => [names[column], cell]));
    const { architecture: id = '', problem = '', mapping: mappingText = '', layer = `line ${i + 2}` } = cells;
    const architecture = ARCHITECTURES[id];
    if (architecture === undefined) throw new Error(`${file}: no architecture "${id}"`);
    const mapping = parseMapping(mappingText, architecture);
    return { name: layer, architecture, problem: parseProblem(problem), mapping, mappingText, cells };
  });
}

/** `C8 M72 R3 S3 P16 Q16 /2`: bounds and, after a slash, both strides when they are not 1. */
export function parseProblem(text: string): Problem {
  const bound = (dim: string): number => Number(new RegExp(`${dim}(\\d+)`).exec(text)?.[1] ?? 1);
  const stride = bound('/');
  return {
    C: bound('C'),
    M: bound('M'),
    R: bound('R'),
    S: bound('S'),
    P: bound('P'),
    Q: bound('Q'),
    N: bound('N'),
    strideP: stride,
    strideQ: stride,
  };
}
