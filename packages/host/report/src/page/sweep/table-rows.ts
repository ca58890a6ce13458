import type { RowComponent, Tabulator } from 'tabulator-tables';
import type { Report } from './report.js';
import type { PageState } from './state.js';

/** One table row: the point's place among all and one value a field. */
export type Row = Readonly<Record<string, number | string>> & { readonly at: number };

/** Marks the chosen and the front rows and makes a row operable by keyboard. */
export function formatRow(row: RowComponent, report: Report, state: PageState): void {
  const element = row.getElement();
  const point = report.points[(row.getData() as Row).at];
  element.classList.toggle('is-front', point?.rank === 1);
  element.classList.toggle('is-off', point?.rank === undefined);
  element.classList.toggle('is-selected', state.selected.value === point?.id);
  element.setAttribute('aria-selected', String(state.selected.value === point?.id));
  if (element.dataset['operable'] === 'yes') return;
  element.dataset['operable'] = 'yes';
  element.tabIndex = -1;
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') state.selected.set(point?.id ?? '');
    const next =
      event.key === 'ArrowDown'
        ? element.nextElementSibling
        : event.key === 'ArrowUp'
          ? element.previousElementSibling
          : null;
    if (next instanceof HTMLElement) next.focus();
    if (['Enter', ' ', 'ArrowDown', 'ArrowUp'].includes(event.key)) event.preventDefault();
  });
}

/** Lets Tab reach each column title and one row, from which the arrow keys go on; Enter sorts and chooses. */
export function makeOperable(table: Tabulator, holder: HTMLElement): void {
  for (const column of table.getColumns()) {
    const title = column.getElement().querySelector<HTMLElement>('.tabulator-col-content');
    if (title === null) continue;
    title.tabIndex = 0;
    title.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== title) return;
      const [current] = table.getSorters();
      const down = current?.field === column.getField() && current.dir === 'asc';
      table.setSort(column.getField(), down ? 'desc' : 'asc');
    });
  }
  const scroller = holder.querySelector<HTMLElement>('.tabulator-tableholder');
  scroller?.removeAttribute('tabindex');
  const rove = (): void => {
    const rows = [...holder.querySelectorAll<HTMLElement>('.tabulator-row')];
    const entry = rows.find((row) => row === document.activeElement) ?? rows.find(isChosen) ?? rows[0];
    for (const row of rows) row.tabIndex = row === entry ? 0 : -1;
  };
  rove();
  table.on('renderComplete', rove);
  scroller?.addEventListener('scroll', rove, { passive: true });
  scroller?.addEventListener('focusin', rove);
}

function isChosen(row: HTMLElement): boolean {
  return row.classList.contains('is-selected');
}
