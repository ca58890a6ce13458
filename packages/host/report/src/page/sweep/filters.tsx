import { Checkbox } from '../shared/controls.js';
import type { Field } from './state/fields.js';
import { setFilter, type SweepPage } from './state/sweep-page.js';

/** The field under a column's title. What it holds is the page's; a filter that cannot be read is marked. */
export function FilterInput({ page, field }: { readonly page: SweepPage; readonly field: Field }) {
  const problem = page.passing.value.filters.find((one) => one.field === field)?.problem;
  return (
    <input
      type="text"
      aria-label={`Filter ${field.title}`}
      autocomplete="off"
      spellcheck={false}
      placeholder={field.column.kind === 'metric' ? field.column.unit.text : ''}
      value={page.filters.value.get(field.key) ?? ''}
      aria-invalid={problem === undefined ? undefined : true}
      aria-describedby={problem === undefined ? undefined : messageId(field)}
      onInput={({ currentTarget }) => setFilter(page, field.key, currentTarget.value)}
    />
  );
}

/** How each filter is read, and what is wrong with those that cannot be. */
export function FilterMessages({ page }: { readonly page: SweepPage }) {
  return (
    <div role="status">
      <ul class="filters">
        {page.passing.value.filters.map(({ field, says, problem }) => (
          <li key={field.key} id={messageId(field)} class={problem === undefined ? undefined : 'bad'}>
            <strong>{`${field.title} `}</strong>
            {problem === undefined ? says : `filter ignored: ${problem}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function FrontsOnly({ page: { frontsOnly } }: { readonly page: SweepPage }) {
  return (
    <Checkbox label="fronts only" checked={frontsOnly.value} onChange={(checked) => (frontsOnly.value = checked)} />
  );
}

function messageId({ key }: Field): string {
  return `filter-${encodeURIComponent(key)}`;
}
