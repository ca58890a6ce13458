import { MAPPING_SEPARATOR } from '../../render/page-data.js';
import { h } from '../shared/dom.js';
import type { Layer } from './report.js';

/** The mapping on one line; opened, one level a line, outermost first. */
export function mappingCell({ mapping, notes }: Layer): HTMLElement {
  const note = notes === '' ? undefined : h('small', { class: 'muted' }, notes);
  if (mapping === '') return h('div', {}, note ?? '–');
  const levels = mapping.split(MAPPING_SEPARATOR).map((level) => h('li', {}, h('code', {}, level)));
  return h('div', {}, h('details', {}, h('summary', {}, h('code', {}, mapping)), h('ol', {}, ...levels)), note);
}
