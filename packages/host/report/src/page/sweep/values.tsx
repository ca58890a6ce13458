import { useSignal } from '@preact/signals';
import { WideTable, type Column } from '../shared/table/table.js';

interface ValuesProps<Row> {
  /** What shows the same values, e.g. `map`. */
  readonly of: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** The values of a picture as a table, which is made when it is opened. */
export function Values<Row>({ of, columns, rows }: ValuesProps<Row>) {
  const wasOpened = useSignal(false);
  return (
    <details class="values" onToggle={() => (wasOpened.value = true)}>
      <summary>{`The values of this ${of}`}</summary>
      {wasOpened.value && <WideTable columns={columns} rows={rows} />}
    </details>
  );
}
