import type { TileSpace } from '@archon-dse/core';
import { shareText } from '../../units.js';
import { Legend } from '../shared/legend.js';
import { fillOf, type Fill } from '../shared/patterns.js';
import { nestBoxes, type NestBox } from './charts/nest-boxes.js';
import type { Layer } from './state/report.js';

const FILLS: Readonly<Record<TileSpace, Fill>> = { W: fillOf(0), I: fillOf(1), O: fillOf(2) };
const LEGEND = [
  ['weights', FILLS.W],
  ['inputs', FILLS.I],
  ['outputs', FILLS.O],
] as const;
/** More instances than these are written, not drawn. */
const MOST_CELLS = 24;

/** A mapping as boxes in boxes: what each level holds and spends, its loops, and what stands side by side inside it. */
export function NestPicture({ layer }: { readonly layer: Layer }) {
  const boxes = nestBoxes(layer);
  if (boxes.length === 0) return null;
  return (
    <>
      <Legend entries={LEGEND} />
      <div class="boxes" role="img" aria-label="Levels of the mapping in each other; the table below lists the same.">
        <Box boxes={boxes} />
      </div>
    </>
  );
}

/** The outermost box with the others in it. */
function Box({ boxes: [box, ...inner] }: { readonly boxes: readonly NestBox[] }) {
  if (box === undefined) return null;
  const { name, fill, energyShare, loops, spread } = box;
  return (
    <div class="box">
      <p class="about">
        <strong>{name}</strong>
        <Tiles box={box} />
        {fill !== undefined && <span>{`${shareText(fill)} full`}</span>}
        {energyShare !== undefined && <span class="muted">{`${shareText(energyShare)} of the energy`}</span>}
      </p>
      {loops.length > 0 && (
        <p class="loops">
          {loops.map((loop) => (
            <code key={loop}>{loop}</code>
          ))}
        </p>
      )}
      {spread !== undefined && <Mesh {...spread} />}
      <Box boxes={inner} />
    </div>
  );
}

function Tiles({ box: { tiles, fill } }: { readonly box: NestBox }) {
  if (tiles.length === 0) return null;
  return (
    <span class={fill === undefined ? 'held unlimited' : 'held'}>
      {tiles.map(({ space, share }) => (
        <span key={space} style={{ width: `${100 * Math.min(1, share)}%`, background: FILLS[space].css }} />
      ))}
    </span>
  );
}

function Mesh({ x, y, loops }: NonNullable<NestBox['spread']>) {
  const isDrawn = Math.max(x, y) <= MOST_CELLS;
  return (
    <p class="mesh">
      {isDrawn && (
        <span class="cells" style={{ gridTemplateColumns: `repeat(${x}, 9px)` }}>
          {Array.from({ length: x * y }, (_, at) => (
            <span key={at} />
          ))}
        </span>
      )}
      <span>{`${x} × ${y} side by side`}</span>
      {loops.map((loop) => (
        <code key={loop}>{loop}</code>
      ))}
    </p>
  );
}
