import { DATA_SPACES } from '@archon-dse/loop-nest';
import { takes } from './class-attributes.js';
import { MAC } from './components.js';
import { sizeOf } from './level-size.js';
import type { Refusal } from './refusal.js';
import type { ArchitectureDocument, LevelDocument } from './schema.js';

/** What must hold of every level; each rule answers with what is wrong, at a member of the level. */
type LevelRule = (level: LevelDocument, document: ArchitectureDocument) => Refusal | undefined;

const RULES: readonly LevelRule[] = [
  ({ name }) =>
    name !== MAC
      ? undefined
      : { at: 'name', message: `a level is called "${MAC}", as the MACs are`, expected: 'another name' },
  ({ sizeKib, sizeWords }) =>
    sizeKib === undefined || sizeWords === undefined
      ? undefined
      : { at: 'sizeWords', message: 'the size is given twice, by sizeKib and by sizeWords', expected: 'one of them' },
  (level, document) => {
    const { rowBits, wordBits } = sizeOf(level, document);
    if (rowBits % wordBits === 0) return undefined;
    const message = `rowBits is ${rowBits}, which does not hold whole words of ${wordBits} bit`;
    return { at: 'rowBits', message, expected: `a multiple of ${wordBits}` };
  },
  (level, document) => {
    const { rows = 1, rowBits } = sizeOf(level, document);
    if (Number.isInteger(rows)) return undefined;
    const memories = level.macros > 1 ? `${level.macros} memories of ` : '';
    const message = `the size makes ${rows} rows of ${rowBits} bit`;
    return { at: sizeMember(level), message, expected: `${memories}whole rows of ${rowBits} bit` };
  },
  ({ keeps, meshX, meshY }) =>
    keeps.length > 0 || meshX * meshY > 1
      ? undefined
      : {
          at: 'keeps',
          message: 'the level holds nothing and spreads nothing, so it does nothing',
          expected: `some of ${DATA_SPACES.join(', ')}, or a mesh of more than one instance`,
        },
  ({ keeps, class: kind, room }, { levels }) =>
    keeps.length === 0 || kind !== undefined || levels.some((other) => isRoomOf(other, room))
      ? undefined
      : {
          at: '',
          message: 'the level has no class, so that its accesses would cost nothing',
          expected: 'a component class, e.g. class: smartbuffer_SRAM, regfile or dram',
        },
  (level, document) => {
    const { words } = sizeOf(level, document);
    if (words !== undefined || level.class === undefined || !takes(level.class, 'depthWords')) return undefined;
    if (level.attributes['depthWords'] !== undefined) return undefined;
    return { at: '', message: `a ${level.class} without a size has no price`, expected: 'sizeKib or sizeWords' };
  },
  (level, document) => {
    const { words = Infinity } = sizeOf(level, document);
    const least = level.keeps.length;
    if (words >= least) return undefined;
    const message = `${words} words cannot hold a word each of ${level.keeps.join(', ')}`;
    return { at: sizeMember(level), message, expected: `at least ${least} words` };
  },
];

/** Whether a level prices a room. */
function isRoomOf({ room, class: kind }: LevelDocument, wanted: string | undefined): boolean {
  return wanted !== undefined && room === wanted && kind !== undefined;
}

function sizeMember({ sizeKib }: LevelDocument): string {
  return sizeKib === undefined ? 'sizeWords' : 'sizeKib';
}

/** Everything that is wrong with the levels, before what is said about mappings. */
export function levelRefusals(document: ArchitectureDocument): readonly Refusal[] {
  const { levels } = document;
  const names = levels.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    return [
      { at: 'levels', message: `two levels are called "${twice}"`, expected: 'a name of its own for each level' },
    ];
  }
  const [outermost] = levels;
  const missing = DATA_SPACES.filter((space) => outermost?.keeps.includes(space) !== true);
  const bottom: readonly Refusal[] =
    missing.length === 0
      ? []
      : [
          {
            at: `levels.${outermost?.name ?? ''}.keeps`,
            message: `the outermost level does not hold ${missing.join(', ')}, which would come from nowhere`,
            expected: DATA_SPACES.join(', '),
          },
        ];
  return [
    ...bottom,
    ...levels.flatMap((level) =>
      RULES.flatMap((rule) => {
        const found = rule(level, document);
        return found === undefined ? [] : [{ ...found, at: memberOf(level, found.at) }];
      }),
    ),
  ];
}

function memberOf({ name }: LevelDocument, member: string): string {
  return member === '' ? `levels.${name}` : `levels.${name}.${member}`;
}
