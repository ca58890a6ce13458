import type { LoopKind } from '@archon-dse/loop-nest';
import { isComponent } from '../architecture/component.js';
import { spreadName } from '../mapspace/nest-text.js';
import type { NamedLoop, Report, ReportLevel } from './report.js';

const AXIS: Readonly<Record<LoopKind, string>> = { temporal: '', spatialX: 'X', spatialY: 'Y' };

/** The name of a level in reports: a container that spreads is called as Timeloop calls it. */
export function reportName({ name, placed }: ReportLevel): string {
  return isComponent(placed.place) ? name : spreadName(name);
}

/** `for M in [0:4) (Spatial-X)`. */
export function loopText({ dim, bound, kind }: NamedLoop): string {
  return `for ${dim} in [0:${bound})${kind === 'temporal' ? '' : ` (Spatial-${AXIS[kind]})`}`;
}

/**
 * The nest as Timeloop's `map.txt` has it: each level with the words of its tiles, then its loops, outermost first. A level without
 * temporal loops says so by one of a single step.
 */
export function nestText({ levels, design }: Report): string {
  const [first = ''] = [...design.named.dims.keys()].slice(-1);
  let depth = 0;
  const blocks = levels.map((level) => {
    const held = level.kept.map(({ name, tileWords }) => `${name}:${tileWords} `).join('');
    const header = `${reportName(level)} [ ${held}] `;
    const isIdle = level.loops[0]?.kind !== 'temporal';
    const loops = [...(isIdle ? [{ dim: first, bound: 1, kind: 'temporal' as const }] : []), ...level.loops];
    const lines = loops.map((loop) => {
      depth += 1;
      return `| ${'  '.repeat(depth - 1)}${loopText(loop)}`;
    });
    return [header, '-'.repeat(header.length - 1), ...lines].join('\n');
  });
  return `\n${blocks.join('\n\n')}\n\n`;
}

/** The nest in one line, as Timeloop's mapper logs it: `L5[WIO] Q16 C2 - L4[IO] P32 M4X ...`. */
export function nestLine({ levels, design }: Report): string {
  const [first = ''] = [...design.named.dims.keys()].slice(-1);
  const parts = levels.map(({ kept, loops }, l) => {
    const texts = loops.map(({ dim, bound, kind }) => `${dim}${bound}${AXIS[kind]}`);
    const shown = loops[0]?.kind === 'temporal' ? texts : [`${first}1`, ...texts];
    return `L${levels.length - 1 - l}[${kept.map(({ name }) => name.charAt(0)).join('')}] ${shown.join(' ')}`;
  });
  return parts.join(' - ');
}
