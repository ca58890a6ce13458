import type { PaperModel } from '../../paper-model.js';
import { formatMetric } from '../../units.js';
import { h } from '../shared/dom.js';
import { pageHeader, tile } from '../shared/frame.js';
import { ratioText } from './format.js';

export function header({ title, description }: PaperModel): HTMLElement {
  return pageHeader(title, description, []);
}

/** The claim, how much of the publication is matched, and the areas. */
export function tiles({ headline, comparisons, accelerators, rules }: PaperModel): HTMLElement {
  const cells = comparisons.reduce((sum, table) => sum + table.cells, 0);
  const matched = comparisons.reduce((sum, table) => sum + table.matched, 0);
  const quoted = comparisons.reduce((sum, table) => sum + table.quoted, 0);
  const areas = accelerators.flatMap(({ title, areaUm2 }) => (areaUm2 === undefined ? [] : [{ title, areaUm2 }]));
  const [first, last] = [areas[0], areas.at(-1)];
  return h(
    'div',
    { class: 'tiles' },
    h(
      'div',
      { class: 'tile claim' },
      h('h2', {}, `“${headline.claim}”`),
      h(
        'p',
        { class: 'value' },
        ...headline.speedups.flatMap(({ against, value }) => [
          h('span', {}, ratioText(value), h('small', {}, `against ${against}`)),
        ]),
      ),
      h(
        'p',
        { class: 'note' },
        h('strong', {}, headline.network),
        headline.isInference ? h('span', { class: 'badge warn' }, 'inferred, not stated') : undefined,
      ),
      h('p', { class: 'note' }, headline.note),
    ),
    tile(
      'Published cells matched',
      matched.toLocaleString('en-US'),
      `of ${cells.toLocaleString('en-US')} computed in ${comparisons.length} tables` +
        (quoted === 0 ? '' : `; ${quoted.toLocaleString('en-US')} more are quoted`),
    ),
    tile('Questionable decisions', String(rules.length), 'each one a rule that can be switched'),
    first === undefined || last === undefined
      ? undefined
      : tile(
          `Area of ${last.title}`,
          ratioText(last.areaUm2 / first.areaUm2),
          `${formatMetric('areaUm2', last.areaUm2)}; ${first.title} ${formatMetric('areaUm2', first.areaUm2)}`,
        ),
  );
}
