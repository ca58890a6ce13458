import { Select } from '../shared/controls.js';
import type { Choice, PaperPage } from './state.js';

/** Network and rules of everything below; stays in sight. */
export function Toolbar({ page: { model, choice } }: { readonly page: PaperPage }) {
  const { networks, runs } = model;
  const { network, run } = choice.value;
  const change = (next: Partial<Choice>): void => {
    choice.value = { ...choice.value, ...next };
  };
  return (
    <div class="toolbar" role="group" aria-label="What is shown">
      <Select
        label="Network"
        choices={networks.map(({ title }, at) => [String(at), title])}
        chosen={String(network)}
        onChoose={(at) => change({ network: Number(at) })}
      />
      <fieldset class="segments">
        <legend>Rules</legend>
        {runs.map(({ id, title }, at) => (
          <label key={id}>
            <input type="radio" name="run" value={id} checked={at === run} onChange={() => change({ run: at })} />
            <span>{title}</span>
          </label>
        ))}
      </fieldset>
      <p class="muted" aria-live="polite">
        {runs[run]?.description}
      </p>
    </div>
  );
}
