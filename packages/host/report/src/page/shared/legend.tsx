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
