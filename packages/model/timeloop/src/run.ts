import { fail } from '@archon-dse/core';
import { evaluate, findBestMapping, type BestMapping } from '@archon-dse/loop-nest';
import type { TimeloopFile } from './input/sections.js';
import { reportOf, type Report } from './output/report.js';
import { readMapperFiles, readModelFiles } from './read-files.js';

/**
 * Evaluates the mapping of Timeloop files, as `timeloop-model` does.
 *
 * @param line - the mapping in one line, `L5[WIO] Q16 - L4[IO] P32 M4X ...`, where no file has it
 * @throws ArchonError ARCHON_YAML_SYNTAX, ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY, ARCHON_TIMELOOP_UNSUPPORTED;
 *   ARCHON_NO_MAPPING for a mapping that does not fit
 */
export function runModel(files: readonly TimeloopFile[], line?: string): Report {
  const design = readModelFiles(files, line);
  return reportOf(design, design.mapping, evaluate(design.named.problem, design.architecture, design.mapping));
}

/** What a search found, and how. */
export interface MapperRun {
  readonly report: Report;
  readonly best: BestMapping;
}

/**
 * Finds the best mapping that the constraints of Timeloop files allow, and proves it.
 *
 * @throws ArchonError as `runModel`; ARCHON_NO_MAPPING where the constraints leave no mapping that fits
 */
export function runMapper(files: readonly TimeloopFile[]): MapperRun {
  const { constraints, objective, ...design } = readMapperFiles(files);
  const best = findBestMapping(design.named.problem, design.architecture, constraints, { objective });
  if (!best.found)
    return fail({ code: 'ARCHON_NO_MAPPING', message: best.message, expected: 'constraints that leave a mapping' });
  return { report: reportOf(design, best.mapping, best.evaluation), best };
}
