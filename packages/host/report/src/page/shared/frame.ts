import { announcements } from './announce.js';
import { button, h, type Child } from './dom.js';
import { toggleScheme } from './theme.js';

/** Links that pass over what comes first; the address stays what it is. */
export function skipLinks(...targets: readonly (readonly [id: string, text: string])[]): HTMLElement {
  const links = targets.map(([id, text]) => {
    const link = h('a', { href: `#${id}` }, text);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const target = document.getElementById(`${id}-title`) ?? document.getElementById(id);
      target?.scrollIntoView();
      target?.focus();
    });
    return link;
  });
  return h('nav', { class: 'skip', 'aria-label': 'Skip to' }, ...links);
}

/** Title of a page, what a reader must know before anything else, what it is about, and the switch between light and dark. */
export function pageHeader(
  title: string,
  description: string | undefined,
  chips: readonly string[],
  notice = '',
): HTMLElement {
  return h(
    'header',
    {},
    h(
      'div',
      {},
      h('p', { class: 'brand' }, 'Archon DSE'),
      h('h1', {}, title),
      notice === '' ? undefined : h('p', { class: 'notice', role: 'note' }, notice),
      description === undefined ? undefined : h('p', { class: 'lead' }, description),
      chips.length === 0 ? undefined : h('ul', { class: 'chips' }, ...chips.map((text) => h('li', {}, text))),
    ),
    button('Light / dark', 'Switch between light and dark', toggleScheme),
  );
}

/** One number that sums up the page. */
export function tile(title: string, value: string, note: string | undefined, ...more: readonly Child[]): HTMLElement {
  return h(
    'div',
    { class: 'tile' },
    h('h2', {}, title),
    value === '' ? undefined : h('p', { class: 'value' }, value),
    note === undefined ? undefined : h('p', { class: 'note' }, note),
    ...more,
  );
}

/** A bar filled to a share from 0 to 1. */
export function shareBar(share: number): HTMLElement {
  const fill = h('span');
  fill.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
  return h('span', { class: 'share', 'aria-hidden': 'true' }, fill);
}

/** The data the renderer embedded. */
export function pageData<T>(): T {
  return JSON.parse(document.getElementById('page-data')?.textContent ?? '{}') as T;
}

/** Shows the sections one below the other, under the header and behind the links that skip it. */
export function mount(skip: HTMLElement, header: HTMLElement, ...sections: readonly Child[]): void {
  document.getElementById('app')?.append(skip, header, h('main', {}, ...sections), announcements());
}
