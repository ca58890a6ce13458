import { fail, type LayerExplanation } from '@archon-dse/core';
import type { Platform } from '../platform.js';
import { MOST_RECORD, copyReturned } from './returned.js';

type Kind = 'text' | 'count' | 'share' | 'flag' | Shape | readonly [Shape];
/** Members by name; those with a question mark may be absent. */
interface Shape {
  readonly [member: string]: Kind;
}

const LIMIT: Shape = { resource: 'text', 'level?': 'text', cycles: 'count' };
const LOSS: Shape = { cause: 'text', 'place?': 'text', share: 'share', reason: 'text' };
const LARGER: Shape = {
  level: 'text',
  sizeWords: 'count',
  largerWords: 'count',
  cycles: 'count',
  energyPj: 'count',
  changes: 'flag',
};
const NO_MAPPING: Shape = { cause: 'text', 'level?': 'text', 'needs?': 'count', 'has?': 'count', message: 'text' };
const EXPLANATION: Shape = {
  name: 'text',
  'limits?': [LIMIT],
  'losses?': [LOSS],
  'now?': { cycles: 'count', energyPj: 'count' },
  'larger?': [LARGER],
  'noMapping?': NO_MAPPING,
};

/**
 * What an accelerator says about its layers, as frozen plain data.
 *
 * @param show - puts any value in a few words, see `Platform`
 * @throws ArchonError ARCHON_RESULT_INVALID naming the first member that is something else
 */
export function copyExplanations(returned: unknown, show: Platform['show']): readonly LayerExplanation[] {
  const copied = copyReturned<unknown>(returned, 'the explanations', MOST_RECORD);
  check(copied, [EXPLANATION], 'explanations', show);
  return copied as readonly LayerExplanation[];
}

function check(value: unknown, kind: Kind, path: string, show: Platform['show']): void {
  if (typeof kind === 'string') {
    const [isIt, expected] = SIMPLE[kind];
    if (!isIt(value)) complain(path, show(value), expected);
  } else if (isList(kind)) {
    if (!Array.isArray(value)) return complain(path, show(value), 'a list');
    const [of] = kind;
    value.forEach((item: unknown, index) => check(item, of, `${path}[${String(index)}]`, show));
  } else {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return complain(path, show(value), 'an object');
    }
    for (const [member, of] of Object.entries(kind)) {
      const name = member.replace('?', '');
      const found = (value as Readonly<Record<string, unknown>>)[name];
      if (found !== undefined || name === member) check(found, of, `${path}.${name}`, show);
    }
  }
}

type Simple = Extract<Kind, string>;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const SIMPLE: Readonly<Record<Simple, readonly [isIt: (value: unknown) => boolean, expected: string]>> = {
  text: [(value) => typeof value === 'string', 'a text'],
  count: [(value) => isNumber(value) && value >= 0, 'a number of 0 or more'],
  share: [(value) => isNumber(value) && value >= 0 && value <= 1, 'a number of 0 to 1'],
  flag: [(value) => typeof value === 'boolean', 'true or false'],
};

function isList(kind: Shape | readonly [Shape]): kind is readonly [Shape] {
  return Array.isArray(kind);
}

function complain(path: string, found: string, expected: string): never {
  return fail({ code: 'ARCHON_RESULT_INVALID', message: `${path} is ${found}`, expected, path });
}
