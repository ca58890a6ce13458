import { fail } from '@archon-dse/core';
import {
  checkMapping,
  DATA_SPACES,
  type Architecture,
  type LevelConstraint,
  type Mapping,
  type ModelOptions,
  type MapspaceConstraints,
  type Objective,
} from '@archon-dse/loop-nest';
import { holdsData } from './architecture/component.js';
import {
  readArchitecture,
  toArchitecture,
  type Keeps,
  type PlacedArchitecture,
} from './architecture/read-architecture.js';
import type { Field } from './input/field.js';
import { Notes, type Note } from './input/notes.js';
import { Sections, type TimeloopFile } from './input/sections.js';
import type { Said } from './mapspace/said.js';
import { readMapperSettings } from './mapspace/mapper-settings.js';
import { isNestText, readNestLine, readNestText } from './mapspace/nest-text.js';
import { readConstraints, type ReadConstraints } from './mapspace/read-constraints.js';
import { readMapping, type ReadMapping } from './mapspace/read-mapping.js';
import { violationOf } from './mapspace/violation.js';
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
  /** Least share of the arithmetic that has to work, if the files ask for one. */
  readonly parallelism: ReadConstraints['parallelism'];
}

/**
 * Reads files for `timeloop model`: architecture, problem and mapping, the latter as `mapping:`, as a `map.txt` among the files, or as
 * the line that a mapper logs.
 *
 * @param options.line - such a line, `L5[WIO] Q16 - L4[IO] P32 M4X ...`
 * @param options.model - how tiles are counted, which decides whether they fit
 * @throws ArchonError ARCHON_YAML_SYNTAX, ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY, ARCHON_TIMELOOP_UNSUPPORTED;
 *   ARCHON_NO_MAPPING for a mapping that does not fit the architecture
 */
export function readModelFiles(
  files: readonly TimeloopFile[],
  { line, model = {} }: { readonly line?: string | undefined; readonly model?: ModelOptions } = {},
): MappedDesign {
  const nests = files.filter(({ text }) => isNestText(text));
  const { sections, notes, named, placed } = readDesign(files.filter((file) => !nests.includes(file)));
  const { levels } = placed;
  const given: ReadMapping[] = [
    ...(line === undefined ? [] : [readNestLine(line, levels, named)]),
    ...nests.map(({ name, text }) => readNestText(name, text, levels, named)),
  ];
  const list = sections.get('mapping');
  if (list?.isEmpty === false) given.push(readMapping(list, levels, named));
  const [first, second] = given;
  if (first === undefined || second !== undefined) {
    return fail({
      code: 'ARCHON_TIMELOOP_INVALID',
      message: `the files have ${given.length} mappings`,
      expected: 'one mapping: a file with the key "mapping", a map.txt, or --mapping',
    });
  }
  const { constraints, said } = readConstraints(sections, levels, named, notes);
  noteIdle(sections, 'mapper', notes);
  sections.throwIfAny();
  const architecture = toArchitecture(placed, keepsOf(first.said, placed));
  const forbidden =
    violationOf(first.mapping, constraints, levels, named) ?? bypassViolation(first.said, said, placed, named);
  if (forbidden !== undefined) {
    fail({
      code: 'ARCHON_NO_MAPPING',
      message: `the constraints forbid the mapping: ${forbidden}`,
      expected: 'a mapping that they allow, or files without them',
    });
  }
  const reason = checkMapping(named.problem, architecture, first.mapping, model);
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
  const { constraints, said, parallelism } = readConstraints(sections, placed.levels, named, notes);
  const objective = readMapperSettings(sections.get('mapper'), notes);
  noteIdle(sections, 'mapping', notes);
  sections.throwIfAny();
  return {
    named,
    placed,
    architecture: toArchitecture(placed, keepsOf(said, placed)),
    constraints: withBypass(constraints, said, placed),
    objective,
    parallelism,
    notes: notes.list,
  };
}

/** Choices of bypass that a search takes on: each doubles the architectures among which it chooses. */
const MOST_CHOICES = 10;

/** Constraints that leave open whether a level keeps a data space of which no directive speaks. */
function withBypass(
  constraints: readonly LevelConstraint[],
  said: readonly Said[],
  { levels }: PlacedArchitecture,
): MapspaceConstraints {
  const open = levels.map(({ place }, l) =>
    holdsData(place) ? DATA_SPACES.filter((space) => said[l]?.[space] === undefined) : [],
  );
  const choices = open.flat().length;
  if (choices > MOST_CHOICES) {
    const place = levels[open.findIndex((spaces) => spaces.length > 0)]?.place;
    place?.field.refuse(
      `whether levels keep data is open ${choices} times, from ${place.name} on: 2^${choices} designs to search`,
      `Give keep or bypass until ${MOST_CHOICES} choices or fewer are left.`,
    );
  }
  return constraints.map((constraint, l) => {
    const mayBypass = open[l] ?? [];
    return mayBypass.length === 0 ? constraint : { ...constraint, mayBypass };
  });
}

function readDesign(files: readonly TimeloopFile[]): {
  readonly sections: Sections;
  readonly notes: Notes;
  readonly named: NamedProblem;
  readonly placed: PlacedArchitecture;
} {
  const sections = new Sections(files);
  const notes = new Notes();
  const sparse = sections.get('sparse');
  if (sparse?.isEmpty === false && sparse.get('targets')?.isEmpty !== true)
    sparse.refuse('sparse optimisations are not read from these files', SPARSE_HINT);
  checkGlobals(sections.get('globals'));
  const named = readProblem(sections.need('problem'), notes);
  return { sections, notes, named, placed: readArchitecture(sections, notes) };
}

/** Says that a part of the files is for the other command. */
function noteIdle(sections: Sections, section: 'mapper' | 'mapping', notes: Notes): void {
  const field = sections.get(section);
  if (field?.isEmpty === false) notes.add(`no effect of ${section}: it is for the other command`, field.location);
}

/** A data space that constraints have kept or bypassed otherwise than a mapping. */
function bypassViolation(
  mapped: readonly Said[],
  said: readonly Said[],
  { levels }: PlacedArchitecture,
  { spaces }: NamedProblem,
): string | undefined {
  for (const [l, { name }] of levels.entries()) {
    for (const [theirs, space] of spaces) {
      const wanted = said[l]?.[space];
      if (wanted === undefined || wanted === (mapped[l]?.[space] ?? true)) continue;
      return `${name} has to ${wanted ? 'keep' : 'bypass'} ${theirs}`;
    }
  }
  return undefined;
}

/** Where formats, gating and skipping can be said instead. */
const SPARSE_HINT = 'Accelerators given as data say them: archon docs architectures.';

/** Settings of the programs around Timeloop. Functions of their own would change values of the files. */
function checkGlobals(globals: Field | undefined): void {
  globals?.only([
    'version',
    'environment_variables',
    'expression_custom_functions',
    'accelergy_plug_ins',
    'max_permutations',
  ]);
  const functions = globals?.get('expression_custom_functions');
  if (functions?.isEmpty === false) functions.refuse('functions in Python are not run');
}

/** A level keeps what nothing says it bypasses. */
function keepsOf(said: readonly Said[], { levels }: PlacedArchitecture): Keeps {
  return levels.map(({ place }, l) => {
    const own = said[l] ?? {};
    return holdsData(place) ? DATA_SPACES.filter((space) => own[space] ?? true) : [];
  });
}
