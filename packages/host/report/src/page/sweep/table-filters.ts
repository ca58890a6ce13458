import { h } from '../shared/dom.js';
import type { Field } from './fields.js';
import type { PageState } from './state.js';

/** The field under a column's title. What it holds is the page's; a filter that cannot be read is marked. */
export function filterInput(field: Field, state: PageState): HTMLInputElement {
  const input = h('input', {
    type: 'text',
    'aria-label': `Filter ${field.title}`,
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: field.column.kind === 'metric' ? field.column.unit.text : '',
  });
  input.value = state.filters.value.get(field.key) ?? '';
  input.addEventListener('input', () => {
    const next = new Map(state.filters.value);
    if (input.value.trim() === '') next.delete(field.key);
    else next.set(field.key, input.value);
    state.filters.set(next);
  });
  state.filters.onChange((filters) => {
    const text = filters.get(field.key) ?? '';
    if (text.trim() !== input.value.trim()) input.value = text;
  });
  state.passing.watch(({ filters }) => {
    const problem = filters.find((one) => one.field === field)?.problem;
    input.toggleAttribute('aria-invalid', problem !== undefined);
    if (problem === undefined) input.removeAttribute('aria-describedby');
    else {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', messageId(field));
    }
  });
  return input;
}

/** How each filter is read, and what is wrong with those that cannot be. */
export function filterMessages(state: PageState): HTMLElement {
  const list = h('ul', { class: 'filters' });
  state.passing.watch(({ filters }) => {
    const items = filters.map(({ field, says, problem }) =>
      h(
        'li',
        { id: messageId(field), class: problem === undefined ? undefined : 'bad' },
        h('strong', {}, `${field.title} `),
        problem === undefined ? (says ?? '') : `filter ignored: ${problem}`,
      ),
    );
    list.replaceChildren(...items);
  });
  return h('div', { role: 'status' }, list);
}

function messageId({ key }: Field): string {
  return `filter-${encodeURIComponent(key)}`;
}
