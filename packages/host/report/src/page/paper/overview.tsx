import type { PaperModel } from '../../paper-model.js';
import { formatMetric } from '../../units.js';
import { Tile } from '../shared/frame.js';
import { ratioText } from './format.js';

/** The claim, how much of the publication is matched, and the areas. */
export function Tiles({ model: { headline, comparisons, accelerators, rules } }: { readonly model: PaperModel }) {
  const count = (what: 'cells' | 'matched' | 'quoted'): number =>
    comparisons.reduce((sum, table) => sum + table[what], 0);
  const quoted = count('quoted');
  const areas = accelerators.flatMap(({ title, areaUm2 }) => (areaUm2 === undefined ? [] : [{ title, areaUm2 }]));
  const [first, last] = [areas[0], areas.at(-1)];
  return (
    <div class="tiles">
      <Claim headline={headline} />
      <Tile
        title="Published cells matched"
        value={count('matched').toLocaleString('en-US')}
        note={
          `of ${count('cells').toLocaleString('en-US')} computed in ${comparisons.length} tables` +
          (quoted === 0 ? '' : `; ${quoted.toLocaleString('en-US')} more are quoted`)
        }
      />
      <Tile title="Questionable decisions" value={String(rules.length)} note="each one a rule that can be switched" />
      {first !== undefined && last !== undefined && (
        <Tile
          title={`Area of ${last.title}`}
          value={ratioText(last.areaUm2 / first.areaUm2)}
          note={`${formatMetric('areaUm2', last.areaUm2)}; ${first.title} ${formatMetric('areaUm2', first.areaUm2)}`}
        />
      )}
    </div>
  );
}

function Claim({ headline }: Pick<PaperModel, 'headline'>) {
  return (
    <div class="tile claim">
      <h2>{`“${headline.claim}”`}</h2>
      <p class="value">
        {headline.speedups.map(({ against, value }) => (
          <span key={against}>
            {ratioText(value)}
            <small>{`against ${against}`}</small>
          </span>
        ))}
      </p>
      <p class="note">
        <strong>{headline.network}</strong>
        {headline.isInference && <span class="badge warn">inferred, not stated</span>}
      </p>
      <p class="note">{headline.note}</p>
    </div>
  );
}
