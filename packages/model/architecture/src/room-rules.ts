import { Evaluator, type Architecture } from '@archon-dse/loop-nest';
import type { Refusal } from './refusal.js';
import type { ArchitectureDocument } from './schema.js';

/** The smallest problem there is. */
export const ONE = { C: 1, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 };

/** Rooms that no buffer could be. What a room must be the loop nest says, so it is asked. */
export function roomRefusals({ levels }: ArchitectureDocument, architecture: Architecture): readonly Refusal[] {
  const shared = levels.filter(({ room }) => room !== undefined);
  const named = shared.find(({ room }) => levels.some(({ name }) => name === room));
  if (named !== undefined) {
    const message = `the room is called "${named.room ?? ''}", as a level is`;
    return [{ at: `levels.${named.name}.room`, message, expected: 'a name of its own' }];
  }
  const priced = shared.filter((level) => level.class !== undefined);
  const twice = priced.find(({ room }, index) => priced.findIndex((other) => other.room === room) !== index);
  if (twice !== undefined) {
    const message = `the room "${twice.room ?? ''}" is priced twice`;
    return [{ at: `levels.${twice.name}.class`, message, expected: 'a class at one of its levels' }];
  }
  try {
    void new Evaluator(ONE, architecture);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const level = levels.find(({ room }) => room !== undefined && error.message.startsWith(`room "${room}"`));
    if (level === undefined) throw error;
    const expected =
      'neighbouring levels of one size and speed, each holding other data spaces, only the innermost with a mesh';
    return [{ at: `levels.${level.name}.room`, message: error.message, expected }];
  }
}
