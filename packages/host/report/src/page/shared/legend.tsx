import type { Fill } from './patterns.js';

/** Square of a legend. */
export function Swatch({ fill }: { readonly fill: Pick<Fill, 'css'> }) {
  return <span class="swatch" aria-hidden="true" style={{ background: fill.css }} />;
}

/** Names beside their fills. */
export function Legend({ entries }: { readonly entries: readonly (readonly [name: string, fill: Fill])[] }) {
  return (
    <ul class="legend">
      {entries.map(([name, fill]) => (
        <li key={name}>
          <Swatch fill={fill} />
          {name}
        </li>
      ))}
    </ul>
  );
}

interface ScaleProps {
  readonly title: string;
  readonly low: string;
  readonly high: string;
  /** Colours from the lowest to the highest. */
  readonly stops: readonly string[];
}

/** What the colours of numbers mean. */
export function ScaleLegend({ title, low, high, stops }: ScaleProps) {
  return (
    <p class="legend">
      <span>{`${title}:`}</span>
      <span>{low}</span>
      <span class="scale" aria-hidden="true" style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }} />
      <span>{high}</span>
    </p>
  );
}
