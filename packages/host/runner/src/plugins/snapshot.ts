import { CONTRIBUTION_KINDS } from '@archon-dse/core';
import { bound, MOST_SELF_DESCRIPTION, NotPlain, plainCopy } from '@archon-dse/engine/border';
import { isObject } from '../is-object.js';
import { behindBorder } from './plugin-tasks.js';
import { CONTRIBUTION_FUNCTIONS } from './shape.js';

const MOST_CONTRIBUTIONS = 1000;
const LISTS: readonly string[] = Object.values(CONTRIBUTION_KINDS);

/**
 * What a plugin exports, read once: texts and schemas as frozen plain data, functions bound to the object they came from, and behind the border.
 * What is no plugin comes back as it is, for the check of its shape. May call code of the plugin, such as getters.
 *
 * @throws NotPlain
 */
export function snapshotPlugin(exported: unknown): unknown {
  if (!isObject(exported)) return exported;
  return Object.fromEntries(Object.keys(exported).map((key) => [key, snapshotMember(key, exported[key])]));
}

function snapshotMember(key: string, value: unknown): unknown {
  if (key === 'meta') return copyOf(value, key);
  if (!LISTS.includes(key)) return undefined; // no member of a plugin: its name is all that matters
  if (!Array.isArray(value)) return isObject(value) ? {} : value;
  const { length } = value as readonly unknown[];
  if (length > MOST_CONTRIBUTIONS) {
    throw new NotPlain(key, `a list of ${String(length)}`, `at most ${String(MOST_CONTRIBUTIONS)} contributions`);
  }
  return Array.from({ length }, (_, index) =>
    snapshotContribution((value as readonly unknown[])[index], `${key}[${String(index)}]`),
  );
}

function snapshotContribution(value: unknown, path: string): unknown {
  if (!isObject(value)) return value;
  const members = CONTRIBUTION_FUNCTIONS.map((name) => {
    const member = value[name];
    const isFunction = typeof member === 'function';
    return [name, isFunction ? behindBorder(bound(member, value)) : copyOf(member, `${path}.${name}`)] as const;
  });
  const present = members.filter(([, member]) => member !== undefined);
  return Object.freeze({ meta: copyOf(value['meta'], `${path}.meta`), ...Object.fromEntries(present) });
}

function copyOf(value: unknown, path: string): unknown {
  return plainCopy(value, path, MOST_SELF_DESCRIPTION);
}
