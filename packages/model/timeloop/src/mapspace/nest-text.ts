import { fail } from '@archon-dse/core';
import type { Dim, Loop, LoopKind, Mapping } from '@archon-dse/loop-nest';
import { holdsData } from '../architecture/component.js';
import type { PlacedLevel } from '../architecture/read-architecture.js';
import type { NamedProblem } from '../problem/read-problem.js';
import type { Said } from './said.js';
import type { ReadMapping } from './read-mapping.js';

/** A level of a printed nest, in the names of the file. */
interface NestLevel {
  /** Absent where the notation numbers levels. */
  readonly name?: string;
  readonly keeps: readonly string[];
  readonly loops: readonly { readonly dim: string; readonly bound: number; readonly kind: LoopKind }[];
}

const HEADER = /^(\S+) \[(.*)\]\s*$/;
const LOOP = /^[|\s]*for (\w+) in \[0:(\d+)(,\d+)?\)(?: \(Spatial-([XY])\))?\s*$/;

/** Lines that are drawn around levels and loops. */
const NOTHING = /^[-|\s]*(?:<< Compute >>)?\s*$/;

/** Whether a text is a nest as Timeloop writes it into `map.txt`. */
export function isNestText(text: string): boolean {
  return text.split('\n').some((line) => LOOP.test(line));
}

/**
 * Reads `timeloop-mapper.map.txt`: levels with the data they keep, outermost first, then their loops.
 *
 * @param file - its name, for mistakes
 * @throws ArchonError ARCHON_TIMELOOP_INVALID
 */
export function readNestText(
  file: string,
  text: string,
  levels: readonly PlacedLevel[],
  problem: NamedProblem,
): ReadMapping {
  const read: { name: string; keeps: string[]; loops: NestLevel['loops'][number][] }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const wrong = (message: string, expected: string): never =>
      fail({
        code: 'ARCHON_TIMELOOP_INVALID',
        message,
        expected,
        location: { file, line: index + 1, column: 1, length: Math.max(1, line.length) },
        frame: `> ${index + 1} | ${line}`,
      });
    const header = HEADER.exec(line);
    const loop = LOOP.exec(line);
    if (header !== null) {
      const [, name = '', held = ''] = header;
      read.push({ name, keeps: [...held.matchAll(/([A-Za-z_]\w*):/g)].map(([, space = '']) => space), loops: [] });
    } else if (loop !== null) {
      const [, dim = '', bound = '', residual, axis] = loop;
      if (residual !== undefined) wrong('this loop ends in a smaller last step', 'exact factors');
      const level =
        read.at(-1) ?? wrong('a loop stands before the first level', 'a level such as "DRAM [ Weights:9 ]" first');
      level.loops.push({
        dim,
        bound: Number(bound),
        kind: axis === undefined ? 'temporal' : axis === 'X' ? 'spatialX' : 'spatialY',
      });
    } else if (!NOTHING.test(line)) {
      wrong(`"${line.trim()}" is neither a level nor a loop`, 'what Timeloop writes into map.txt');
    }
  }
  return place(read, levels, problem, file);
}

const TAG = /^L(\d+)\[([A-Za-z]*)\](?: (.*))?$/;
const SHORT_LOOP = /^([A-Za-z_]+)(\d+)([XY]?)$/;

/**
 * Reads a nest of one line, as Timeloop's mapper logs it: `L5[WIO] Q16 C2 - L4[IO] P32 M4X ...`, levels outermost first.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID
 */
export function readNestLine(text: string, levels: readonly PlacedLevel[], problem: NamedProblem): ReadMapping {
  const wrong = (part: string, expected: string): never =>
    fail({ code: 'ARCHON_TIMELOOP_INVALID', message: `"${part}" is no part of a mapping`, expected });
  const read = text
    .trim()
    .split(/ +- +/)
    .map((part): NestLevel => {
      const [, , letters = '', loops = ''] =
        TAG.exec(part) ?? wrong(part, 'a level with its loops, such as "L4[IO] P32 M4X"');
      return {
        keeps: [...letters].map(
          (letter) =>
            [...problem.spaces.keys()].find((name) => name.startsWith(letter)) ??
            wrong(part, 'first letters of data spaces'),
        ),
        loops: loops
          .split(' ')
          .filter(Boolean)
          .map((loop) => {
            const [, dim = '', bound = '', axis] =
              SHORT_LOOP.exec(loop) ?? wrong(loop, 'a dimension, a bound and the axis of a spatial one, such as M4X');
            return {
              dim,
              bound: Number(bound),
              kind: axis === 'X' ? 'spatialX' : axis === 'Y' ? 'spatialY' : 'temporal',
            };
          }),
      };
    });
  return place(read, levels, problem, 'the mapping');
}

/** Puts printed levels on those of the architecture: by name, else by their number. */
function place(
  read: readonly NestLevel[],
  levels: readonly PlacedLevel[],
  problem: NamedProblem,
  what: string,
): ReadMapping {
  const wrong = (message: string, expected: string): never =>
    fail({ code: 'ARCHON_TIMELOOP_INVALID', message: `${what}: ${message}`, expected });
  const isNamed = read.every(({ name }) => name !== undefined);
  if (!isNamed && read.length !== levels.length)
    wrong(`it has ${read.length} levels`, `the ${levels.length} of the architecture`);
  const taken = new Set<NestLevel>();
  const found = levels.map((level, l) => {
    const named = read.find(
      ({ name }) => name !== undefined && (name === level.name || name === spreadName(level.name)),
    );
    const own = isNamed ? named : read[l];
    if (own !== undefined) taken.add(own);
    return own;
  });
  const stray = read.find((level) => !taken.has(level));
  if (stray !== undefined)
    wrong(`no level is called ${stray.name ?? ''}`, `one of: ${levels.map(({ name }) => name).join(', ')}`);
  const { dims, spaces } = problem;
  const mapping: Mapping = found.map((level) =>
    (level?.loops ?? []).map(({ dim, bound, kind }): Loop => ({
      dim: dims.get(dim) ?? (wrong(`${dim} is no dimension`, `one of: ${[...dims.keys()].join(', ')}`) as Dim),
      bound,
      kind,
    })),
  );
  const said = levels.map(({ place: at }, l): Said => {
    const kept = found[l]?.keeps.map(
      (name) => spaces.get(name) ?? wrong(`${name} is no data space`, `one of: ${[...spaces.keys()].join(', ')}`),
    );
    const all = [...spaces.values()];
    return Object.fromEntries(
      all.map((space) => [space, holdsData(at) && (kept === undefined || kept.includes(space))]),
    );
  });
  return { mapping: mapping.map((loops) => loops.filter(({ bound }) => bound > 1)), said };
}

/** What Timeloop calls the level that spreads a container of grammar v0.4. */
export const spreadName = (name: string): string => `inter_${name}_spatial`;
