import type { PaperModel } from '../../paper-model.js';
import { h, section, textTable } from '../shared/dom.js';

/** What to know before quoting a number. */
export function notesSection({ notes }: PaperModel): HTMLElement | undefined {
  if (notes.length === 0) return undefined;
  const list = h('ul', { class: 'rules' }, ...notes.map((note) => h('li', {}, note)));
  return h(
    'section',
    { id: 'notes', class: 'card', 'aria-labelledby': 'notes-title' },
    h('h2', { id: 'notes-title', tabindex: '-1' }, 'Before quoting a number'),
    list,
  );
}

/** Where the data come from. */
export function sourcesSection({ sources }: PaperModel): HTMLElement {
  const rows = sources.map(({ title, text }) => [title, text]);
  return section(
    'sources',
    'Where these numbers come from',
    'The same numbers are in paper.json beside this page. The same version gives the same page, byte for byte.',
    textTable(['What', 'From'], rows, new Set()),
  );
}
