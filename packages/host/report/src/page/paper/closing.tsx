import type { PaperModel } from '../../paper-model.js';
import { Section, Sentences } from '../shared/controls.js';
import { WideTable, type Column } from '../shared/table/table.js';

/** What to know before quoting a number. */
export function Notes({ notes }: Pick<PaperModel, 'notes'>) {
  if (notes.length === 0) return null;
  return (
    <Section id="notes" title="Before quoting a number">
      <Sentences texts={notes} />
    </Section>
  );
}

const SOURCE_COLUMNS: readonly Column<PaperModel['sources'][number]>[] = [
  { title: 'What', cell: ({ title }) => title },
  { title: 'From', cell: ({ text }) => text },
];

/** Where the data come from. */
export function Sources({ sources }: Pick<PaperModel, 'sources'>) {
  return (
    <Section
      id="sources"
      title="Where these numbers come from"
      lead="The same numbers are in paper.json beside this page. The same version gives the same page, byte for byte."
    >
      <WideTable columns={SOURCE_COLUMNS} rows={sources} />
    </Section>
  );
}
