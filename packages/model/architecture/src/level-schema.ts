import { DATA_SPACES } from '@archon-dse/loop-nest';

/** Names are members of paths, such as `levels.glb.sizeKib`, and of prices. */
const NAME = '^[A-Za-z][A-Za-z0-9_-]*$';

const bandwidth = (description: string) =>
  ({ type: 'number', exclusiveMinimum: 0, unit: 'words/cycle', description }) as const;

const mesh = (axis: string) =>
  ({ type: 'integer', minimum: 1, maximum: 65_536, default: 1, unit: 'instances', description: axis }) as const;

/** The hardware that a level or a MAC is priced as. */
export const ATTRIBUTES = {
  type: 'object',
  default: {},
  description:
    'Attributes of the component class, such as banks and ports; sizes, widths and the node follow from the level.',
} as const;

/** One level of the hierarchy. */
export const LEVEL = {
  type: 'object',
  required: ['name', 'keeps'],
  properties: {
    name: {
      type: 'string',
      pattern: NAME,
      description: 'Name of the level: a letter, then letters, digits, hyphens and underscores.',
    },
    keeps: {
      type: 'array',
      items: { type: 'string', enum: DATA_SPACES },
      uniqueItems: true,
      description:
        'Data spaces it holds; the others pass it by. A level that only spreads loops over a mesh holds none.',
    },
    sizeKib: { type: 'number', exclusiveMinimum: 0, unit: 'KiB', description: 'Room of one instance; or sizeWords.' },
    sizeWords: {
      type: 'integer',
      minimum: 1,
      unit: 'words',
      description: 'Room of one instance, in its own words; or sizeKib.',
    },
    wordBits: {
      type: 'integer',
      minimum: 1,
      maximum: 64,
      unit: 'bit',
      description: 'Width of its words; that of the architecture unless given.',
    },
    rowBits: {
      type: 'integer',
      minimum: 1,
      maximum: 65_536,
      unit: 'bit',
      description: 'Bits that one access moves: whole words; one word unless given.',
    },
    readBandwidth: bandwidth('Words one instance delivers in a cycle; without limit unless given.'),
    writeBandwidth: bandwidth('Words one instance takes in a cycle; without limit unless given.'),
    doubleBuffered: {
      type: 'boolean',
      default: false,
      description:
        'Whether each tile has a second one, which comes or goes while the first is at work; tiles then take twice their room.',
    },
    room: {
      type: 'string',
      description:
        'Name of a buffer that neighbouring levels share: each holds other data spaces, with loops of its own between them.',
    },
    systolic: {
      type: 'boolean',
      default: false,
      description:
        'Whether what it hands out passes from neighbour to neighbour, a cycle a hop; it matters for startUp.',
    },
    meshX: mesh('Columns of what is below it that each instance feeds.'),
    meshY: mesh('Rows of what is below it that each instance feeds.'),
    class: {
      type: 'string',
      description: 'Component class it is priced as, e.g. smartbuffer_SRAM; none for a level that holds nothing.',
    },
    attributes: ATTRIBUTES,
    macros: {
      type: 'integer',
      minimum: 1,
      maximum: 65_536,
      default: 1,
      description: 'Equal memories that one instance is built of; an access goes to one of them.',
    },
  },
} as const;
