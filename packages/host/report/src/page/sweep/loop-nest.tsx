import { useSignal } from '@preact/signals';
import {
  fillOf,
  LEVEL_SEPARATOR,
  loopText,
  MAPPING_LEGEND,
  nestRows,
  readNest,
  type NestLevel,
  type NestRow,
} from '@archon-dse/core';
import { shareText } from '../../units.js';
import { ShareBar } from '../shared/controls.js';
import { Table, type Column } from '../shared/table/table.js';
import { NestPicture } from './nest-picture.js';
import type { Layer } from './state/report.js';

const SPACES = { W: 'weights', I: 'inputs', O: 'outputs' } as const;

/** The mapping on one line; opened, a picture of its levels and the loop nest: a loop a line with its level, and what the level holds. */
export function MappingCell({ layer }: { readonly layer: Layer }) {
  const { mapping, notes } = layer;
  // Fifty nests are drawn for nobody: each when it is opened.
  const wasOpened = useSignal(false);
  const note = notes === '' ? null : <small class="muted">{notes}</small>;
  if (mapping === '') return note ?? <>–</>;
  return (
    <>
      <details onToggle={() => (wasOpened.value = true)}>
        <summary>
          <code>{mapping}</code>
        </summary>
        {wasOpened.value && <NestOf layer={layer} />}
      </details>
      {note}
    </>
  );
}

/** A picture of the levels of a mapping, and its loop nest. */
export function NestOf({ layer }: { readonly layer: Layer }) {
  return (
    <>
      <NestPicture layer={layer} />
      <Nest mapping={layer.mapping} tiles={layer.tiles} />
    </>
  );
}

/** What the short form says. */
export function MappingLegend() {
  return (
    <p class="muted small letters">
      Mappings name memory levels from outside to inside, <code>level[kept] loops</code>, with the number of steps
      behind each letter.{' '}
      {MAPPING_LEGEND.map(([name, meaning]) => (
        <>
          <code>{name}</code>
          {` ${meaning}; `}
        </>
      ))}
      open one to see its loops.
    </p>
  );
}

const COLUMNS: readonly Column<NestRow>[] = [
  { title: 'Level', cell: ({ level }) => level && <strong>{level.name}</strong> },
  {
    title: 'Loop',
    cell: ({ depth, loop }) => (
      <code style={{ paddingLeft: `${depth}ch` }}>{loop === undefined ? '(no loop)' : loopText(loop)}</code>
    ),
  },
  { title: 'Holds at once', cell: ({ level }) => level && wordsOf(level) },
  { title: 'Fill', cell: ({ level }) => level && <Fill level={level} /> },
];

function Nest({ mapping, tiles }: Pick<Layer, 'mapping' | 'tiles'>) {
  const levels = readNest(mapping, tiles);
  if (levels === undefined) {
    return (
      <ol>
        {mapping.split(LEVEL_SEPARATOR).map((level, at) => (
          <li key={at}>
            <code>{level}</code>
          </li>
        ))}
      </ol>
    );
  }
  return (
    <Table
      class="nest"
      columns={COLUMNS}
      rows={nestRows(levels)}
      classOf={({ level }) => (level === undefined ? undefined : 'level')}
    />
  );
}

function Fill({ level }: { readonly level: NestLevel }) {
  const fill = fillOf(level);
  if (fill === undefined) return null;
  return (
    <div class="fill">
      <ShareBar share={fill} />
      <span>{shareText(fill)}</span>
    </div>
  );
}

/** `inputs 304, outputs 512 of 1,632 words` */
function wordsOf({ keeps, tileWords, sizeWords }: NestLevel): string {
  const count = (words: number): string => words.toLocaleString('en-US');
  const parts = keeps.map((space) => {
    const words = tileWords[space];
    return words === undefined ? SPACES[space] : `${SPACES[space]} ${count(words)}`;
  });
  const known = Object.keys(tileWords).length > 0;
  const of = sizeWords === undefined ? '' : ` of ${count(sizeWords)}`;
  return parts.length === 0 ? 'nothing' : `${parts.join(', ')}${known ? `${of} words` : ''}`;
}
