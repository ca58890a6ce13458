import { h } from './dom.js';

const region = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite', id: 'announcements' });

/** Says a text to a screen reader. */
export function announce(text: string): void {
  region.textContent = text;
}

/** The element that is read out; one a page. */
export function announcements(): HTMLElement {
  return region;
}
