import { h, swatch } from '../shared/dom.js';

/** Names beside their colours. */
export function legendOf(entries: readonly (readonly [name: string, color: string])[]): HTMLElement {
  return h('ul', { class: 'legend' }, ...entries.map(([name, color]) => h('li', {}, swatch(color), name)));
}
