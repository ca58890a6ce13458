import type { Shape } from '../../render/palette.js';
import { ScaleLegend } from '../shared/legend.js';
import { theme } from '../shared/theme.js';
import type { MarkClass } from './state/coloring.js';
import type { SweepPage } from './state/sweep-page.js';

/** Outlines of the shapes in a box of 10 by 10. */
const OUTLINES: Readonly<Record<Shape, string>> = {
  circle: 'M5 1A4 4 0 1 1 5 9A4 4 0 1 1 5 1Z',
  rect: 'M1.3 1.3H8.7V8.7H1.3Z',
  triangle: 'M5 1L9 9H1Z',
  diamond: 'M5 0.5L9.5 5L5 9.5L0.5 5Z',
  pin: 'M5 9.7C3.6 7.2 2 5.6 2 3.6A3 3 0 0 1 8 3.6C8 5.6 6.4 7.2 5 9.7Z',
  arrow: 'M5 0.8L9 9.2L5 7L1 9.2Z',
};

/** What the marks of the colouring mean, in the colours in force. */
export function ColoringLegend({ page }: { readonly page: SweepPage }) {
  const { legend, classes } = page.coloring.value;
  const { scheme } = theme.value;
  if (legend.kind === 'classes') {
    const texts = legend.texts.length < 2 && legend.texts[0] === '' ? [] : legend.texts;
    return (
      <ul class="legend">
        {texts.map((text, i) => (
          <li key={text}>
            <Mark markClass={classes[i]} />
            {text || '(none)'}
          </li>
        ))}
      </ul>
    );
  }
  const stops = classes.map(({ color }) => color(scheme));
  const { title, log, low, high } = legend;
  return <ScaleLegend title={`${title}${log ? ' (logarithmic)' : ''}`} low={low} high={high} stops={stops} />;
}

function Mark({ markClass }: { readonly markClass: MarkClass | undefined }) {
  const color = markClass?.color(theme.value.scheme) ?? 'gray';
  const isHollow = markClass?.hollow === true;
  return (
    <svg viewBox="0 0 10 10" class="mark" aria-hidden="true">
      <path
        d={OUTLINES[markClass?.shape ?? 'circle']}
        fill={isHollow ? 'none' : color}
        stroke={color}
        stroke-width={isHollow ? '1.8' : '0.5'}
      />
    </svg>
  );
}
