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
  const heading = h('h2', { id: `${id}-title` }, title);
  const intro = h('p', { class: 'lead' }, lead);
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
  const control = h('select', {}, ...options);
  control.addEventListener('change', () => onChange(control.value));
  return h('label', { class: 'control' }, h('span', {}, label), control);
}

/** A labelled check box. */
export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const control = h('input', { type: 'checkbox', checked });
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
  return h('div', { class: 'scroll' }, h('table', {}, h('thead', {}, head), h('tbody', {}, ...body)));
}

/** A small coloured square of a legend. */
export function swatch(color: string): HTMLElement {
  const element = h('span', { class: 'swatch', 'aria-hidden': 'true' });
  element.style.background = color;
  return element;
}
