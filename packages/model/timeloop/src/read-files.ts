import { fail } from '@archon-dse/core';
import {
  checkMapping,
  type Architecture,
  type DataSpace,
  type Mapping,
  type MapspaceConstraints,
  type Objective,
} from '@archon-dse/loop-nest';
import { isComponent } from './architecture/component.js';
import {
  readArchitecture,
  toArchitecture,
  type Keeps,
  type PlacedArchitecture,
} from './architecture/read-architecture.js';
import { Notes, type Note } from './input/notes.js';
import { Sections, type TimeloopFile } from './input/sections.js';
import { unsaid, type Said } from './mapspace/said.js';
import { readMapperSettings } from './mapspace/mapper-settings.js';
import { isNestText, readNestLine, readNestText } from './mapspace/nest-text.js';
import { readConstraints } from './mapspace/read-constraints.js';
import { readMapping, type ReadMapping } from './mapspace/read-mapping.js';
import { readProblem, type NamedProblem } from './problem/read-problem.js';

/** What both commands read: a problem and an architecture, each with the names that the files use. */
export interface TimeloopDesign {
  readonly named: NamedProblem;
  readonly placed: PlacedArchitecture;
  readonly architecture: Architecture;
  /** What the files say without effect. */
  readonly notes: readonly Note[];
}

/** Files that bring a mapping. */
export interface MappedDesign extends TimeloopDesign {
  readonly mapping: Mapping;
}

/** Files that bring a mapspace. */
export interface MapperTask extends TimeloopDesign {
  readonly constraints: MapspaceConstraints;
  readonly objective: Objective;
}

/**
 * Reads files for `timeloop model`: architecture, problem and mapping, the latter as `mapping:`, as a `map.txt` among the files, or as
 * the line that a mapper logs.
 *
 * @param line - such a line, `L5[WIO] Q16 - L4[IO] P32 M4X ...`
 * @throws ArchonError ARCHON_YAML_SYNTAX, ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY, ARCHON_TIMELOOP_UNSUPPORTED;
 *   ARCHON_NO_MAPPING for a mapping that does not fit the architecture
 */
export function readModelFiles(files: readonly TimeloopFile[], line?: string): MappedDesign {
  const nests = files.filter(({ text }) => isNestText(text));
  const { sections, notes, named, placed } = readDesign(files.filter((file) => !nests.includes(file)));
  const { levels } = placed;
  const given: ReadMapping[] = [
    ...(line === undefined ? [] : [readNestLine(line, levels, named)]),
    ...nests.map(({ name, text }) => readNestText(name, text, levels, named)),
  ];
  const list = sections.get('mapping');
  if (list !== undefined) given.push(readMapping(list, levels, named));
  const [first, second] = given;
  if (first === undefined || second !== undefined) {
    return fail({
      code: 'ARCHON_TIMELOOP_INVALID',
      message: `the files have ${given.length} mappings`,
      expected: 'one mapping: a file with the key "mapping", a map.txt, or --mapping',
    });
  }
  sections.throwIfAny();
  const architecture = toArchitecture(placed, keepsOf(first.said, placed));
  const reason = checkMapping(named.problem, architecture, first.mapping);
  if (reason !== undefined)
    fail({ code: 'ARCHON_NO_MAPPING', message: reason, expected: 'a mapping of the problem that fits' });
  return { named, placed, architecture, mapping: first.mapping, notes: notes.list };
}

/**
 * Reads files for `timeloop mapper`: architecture, problem, constraints and what to minimise.
 *
 * @throws ArchonError as `readModelFiles`
 */
export function readMapperFiles(files: readonly TimeloopFile[]): MapperTask {
  const { sections, notes, named, placed } = readDesign(files);
  const { constraints, said } = readConstraints(sections, placed.levels, named, notes);
  const objective = readMapperSettings(sections.get('mapper'), notes);
  sections.throwIfAny();
  const all = [...named.spaces.values()];
  for (const [l, open] of unsaid(said, all).entries()) {
    const place = placed.levels[l]?.place;
    if (open.length > 0 && place !== undefined && isComponent(place)) {
      place.field.refuse(
        `whether ${place.name} keeps ${open.join(', ')} is not said, and our mapper does not choose that yet`,
        'Give keep or bypass for each data space.',
      );
    }
  }
  const architecture = toArchitecture(placed, keepsOf(said, placed));
  return { named, placed, architecture, constraints, objective, notes: notes.list };
}

function readDesign(files: readonly TimeloopFile[]): {
  readonly sections: Sections;
  readonly notes: Notes;
  readonly named: NamedProblem;
  readonly placed: PlacedArchitecture;
} {
  const sections = new Sections(files);
  const notes = new Notes();
  sections.get('sparse')?.refuse('sparse optimisations are not read yet');
  const named = readProblem(sections.need('problem'), notes);
  return { sections, notes, named, placed: readArchitecture(sections, notes) };
}

/** A level keeps what nothing says it bypasses. */
function keepsOf(said: readonly Said[], { levels }: PlacedArchitecture): Keeps {
  return levels.map(({ place }, l) => {
    const own = said[l] ?? {};
    const all: readonly DataSpace[] = ['Weights', 'Inputs', 'Outputs'];
    return isComponent(place) ? all.filter((space) => own[space] ?? true) : [];
  });
}
