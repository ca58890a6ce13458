import { h, select } from '../shared/dom.js';
import type { PaperPage } from './state.js';

/** Network and rules of everything below; stays in sight. */
export function toolbar({ model, choice }: PaperPage): HTMLElement {
  const { networks, runs } = model;
  const network = select(
    'Network',
    networks.map(({ title }, at) => [String(at), title] as const),
    String(choice.value.network),
    (at) => choice.set({ ...choice.value, network: Number(at) }),
  );
  const radios = runs.map(({ id, title }, at) => {
    const input = h('input', { type: 'radio', name: 'run', value: id, checked: at === choice.value.run });
    input.addEventListener('change', () => choice.set({ ...choice.value, run: at }));
    return h('label', {}, input, h('span', {}, title));
  });
  const description = h('p', { class: 'muted', 'aria-live': 'polite' });
  choice.watch(({ run }) => {
    description.textContent = runs[run]?.description ?? '';
  });
  return h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'What is shown' },
    network,
    h('fieldset', { class: 'segments' }, h('legend', {}, 'Rules'), ...radios),
    description,
  );
}
