import { h, scrolling, type Child } from './dom.js';

export interface SortableColumn {
  readonly title: string;
  /** Right-aligned, and largest first at the first click. */
  readonly numeric?: boolean;
}

export interface SortableCell {
  /** What the column sorts by. */
  readonly key: string | number;
  readonly content: Child;
}

/** A table whose titles are buttons that sort it; in the given order at first. */
export function sortableTable(
  columns: readonly SortableColumn[],
  rows: readonly (readonly SortableCell[])[],
): HTMLElement {
  const align = (at: number): { class?: string } => (columns[at]?.numeric === true ? { class: 'num' } : {});
  const lines = rows.map((cells) => ({
    cells,
    element: h('tr', {}, ...cells.map(({ content }, at) => h('td', align(at), content))),
  }));
  const body = h('tbody', {}, ...lines.map(({ element }) => element));
  const titles = columns.map(({ title }, at) => {
    const button = h('button', { type: 'button', title: `Sort by ${title.toLowerCase()}` }, title);
    button.addEventListener('click', () => sortBy(at));
    return h('th', { scope: 'col', ...align(at) }, button);
  });
  const sortBy = (at: number): void => {
    const was = titles[at]?.getAttribute('aria-sort');
    const first = columns[at]?.numeric === true ? 'descending' : 'ascending';
    const order = was === null ? first : was === 'ascending' ? 'descending' : 'ascending';
    for (const title of titles) title.removeAttribute('aria-sort');
    titles[at]?.setAttribute('aria-sort', order);
    const sign = order === 'ascending' ? 1 : -1;
    const sorted = [...lines].sort((a, b) => sign * compare(a.cells[at]?.key ?? '', b.cells[at]?.key ?? ''));
    body.replaceChildren(...sorted.map(({ element }) => element));
  };
  return scrolling(h('table', {}, h('thead', {}, h('tr', {}, ...titles)), body), 'sortable');
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : Number(a !== b);
}
