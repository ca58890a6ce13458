import { stringify } from 'yaml';
import { isComponent } from '../architecture/component.js';
import type { NamedLoop, Report, ReportLevel } from './report.js';

/**
 * The mapping as Timeloop reads it back: `mapping:` with a directive for the loops in time, in space and the data of each level.
 *
 * @returns nothing for a dimension along both axes of one mesh, which directives cannot say
 */
export function mapYaml(report: Report): string | undefined {
  const spread = report.levels.map(({ loops }) =>
    loops.filter(({ kind }) => kind !== 'temporal').map(({ dim }) => dim),
  );
  if (spread.some((dims) => new Set(dims).size < dims.length)) return undefined;
  return stringify({ mapping: report.levels.flatMap((level) => directivesOf(level, report)) }, { lineWidth: 0 });
}

function directivesOf(level: ReportLevel, { design }: Report): readonly object[] {
  const dims = [...design.named.dims.keys()];
  const all = [...design.named.spaces.keys()];
  const { name, placed, loops, kept } = level;
  const keep = kept.map((accesses) => accesses.name);
  const temporal = loops.filter(({ kind }) => kind === 'temporal');
  const [x, y] = (['spatialX', 'spatialY'] as const).map((axis) => loops.filter(({ kind }) => kind === axis)) as [
    NamedLoop[],
    NamedLoop[],
  ];
  const isStorage = isComponent(placed.place);
  return [
    ...(isStorage
      ? [
          { target: name, type: 'bypass', keep, bypass: all.filter((space) => !keep.includes(space)) },
          {
            target: name,
            type: 'temporal',
            factors: factorsText(temporal, dims),
            permutation: innerFirst(temporal, dims),
          },
        ]
      : []),
    ...(placed.fanoutX * placed.fanoutY > 1
      ? [
          {
            target: name,
            type: 'spatial',
            factors: factorsText([...x, ...y], dims),
            permutation: innerFirst([...y, ...x], dims),
            split: x.length,
          },
        ]
      : []),
  ];
}

/** `C=4 M=1`. */
function factorsText(loops: readonly NamedLoop[], dims: readonly string[]): string {
  return dims.map((dim) => `${dim}=${loops.find((loop) => loop.dim === dim)?.bound ?? 1}`).join(' ');
}

function innerFirst(loops: readonly NamedLoop[], dims: readonly string[]): string {
  const order = [...loops].reverse().map(({ dim }) => dim);
  const all = [...order, ...dims.filter((dim) => !order.includes(dim))];
  return all.join(dims.every((dim) => dim.length === 1) ? '' : ' ');
}
