/** Builds elements without markup: text always becomes text nodes, so no name in a sweep can become an element. */

export type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A titled section of the page; `id` is its anchor. */
export function section(id: string, title: string, lead: string, ...children: readonly Child[]): HTMLElement {
  const heading = h('h2', { id: `${id}-title`, tabindex: '-1' }, title);
  const intro = lead === '' ? undefined : h('p', { class: 'lead' }, lead);
  return h('section', { id, class: 'card', 'aria-labelledby': `${id}-title` }, heading, intro, ...children);
}

/** A labelled drop-down; `onChange` gets the chosen value. */
export function select(
  label: string,
  choices: readonly (readonly [value: string, text: string])[],
  chosen: string,
  onChange: (value: string) => void,
): HTMLElement {
  const options = choices.map(([value, text]) => h('option', { value, selected: value === chosen }, text));
  const id = `choice-${(selects += 1)}`;
  const control = h('select', { id }, ...options);
  control.addEventListener('change', () => onChange(control.value));
  return h('span', { class: 'control' }, h('label', { for: id }, label), control);
}

let selects = 0;

/** A labelled check box; `fullName` says what a short label leaves to its place. */
export function checkbox(
  label: string,
  checked: boolean,
  onChange: (checked: boolean) => void,
  fullName?: string,
): HTMLElement {
  const control = h('input', { type: 'checkbox', checked, 'aria-label': fullName });
  control.addEventListener('change', () => onChange(control.checked));
  return h('label', { class: 'control check' }, control, h('span', {}, label));
}

export function button(text: string, title: string, onClick: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', title }, text);
  element.addEventListener('click', onClick);
  return element;
}

/** A plain table of text; `numeric` columns are right-aligned. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly Child[])[],
  numeric: ReadonlySet<number>,
): HTMLElement {
  const align = (i: number): Attributes => (numeric.has(i) ? { class: 'num' } : {});
  const head = h('tr', {}, ...header.map((text, i) => h('th', { scope: 'col', ...align(i) }, text)));
  const body = rows.map((cells) => h('tr', {}, ...cells.map((cell, i) => h('td', align(i), cell))));
  return scrolling(h('table', {}, h('thead', {}, head), h('tbody', {}, ...body)));
}

/** What may be wider than the page: it scrolls by itself, by keyboard too. */
export function scrolling(content: HTMLElement, className = ''): HTMLElement {
  return h(
    'div',
    { class: `scroll ${className}`.trim(), tabindex: '0', role: 'group', 'aria-label': 'Scrolls' },
    content,
  );
}
