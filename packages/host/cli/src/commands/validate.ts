import { settingsText } from '@archon-dse/core';
import { countPoints, loadEither, type LoadedExperiment, type LoadedSweep } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { EXIT, printDiagnostics, shownDiagnostics } from '../terminal/output.js';
import { formatWrappedTable } from '../terminal/table.js';

/** `archon validate FILE`: is the sweep or the experiment right, and how much is it. */
export async function validate(context: Context, file: string, flags: { readonly json?: boolean }): Promise<void> {
  const loaded = await loadEither(file, context.host);
  const found = 'sweep' in loaded ? ofSweep(loaded) : ofExperiment(loaded);
  const faults = 'sweep' in loaded ? loaded.faults : [];
  if (faults.length > 0) context.setExitCode(EXIT.pointsFailed);
  const listed = faults.length === 0 ? {} : { faults: shownDiagnostics(faults, context.output) };
  if (flags.json) context.output.json({ valid: true, ...found, ...listed });
  else {
    context.output.result(
      [`${file} is valid: ${summaryOf(found)}${refinedText(loaded, found)}`, ...derivedOf(found)].join('\n'),
    );
    printDiagnostics(faults, context.output);
  }
}

type Found = ReturnType<typeof ofSweep> | ReturnType<typeof ofExperiment>;

function ofSweep({ sweep, plugins }: LoadedSweep) {
  const { name, refine, search, metrics = [] } = sweep;
  const counts = search === undefined ? countPoints(sweep, plugins.registry) : { points: search.budget.points, search };
  return {
    kind: 'sweep' as const,
    name,
    ...counts,
    ...(refine && { refine }),
    ...(metrics.length === 0 ? {} : { metrics }),
  };
}

function ofExperiment({ experiment }: LoadedExperiment) {
  const { name, network, stages } = experiment;
  return { kind: 'experiment' as const, name, network: network.use, stages: stages.map(({ use }) => use) };
}

function summaryOf(found: Found): string {
  if (found.kind === 'sweep') {
    const points = `${String(found.points)} points`;
    return `"${found.name}", ${'search' in found ? `${found.search.strategy} searches up to ${points}` : points}`;
  }
  return `experiment "${found.name}", ${[found.network, ...found.stages].join(', ')}`;
}

/** How many points follow in a second step, and what it is of. */
function refinedText(loaded: LoadedSweep | LoadedExperiment, found: Found): string {
  if (!('sweep' in loaded) || loaded.sweep.refine === undefined) return '';
  const most = 'mostRefined' in found ? `at most ${String(found.mostRefined)}` : 'some of them';
  return `, then ${most} refined. ${settingsText(loaded.sweep.refine, loaded.sweep)}`;
}

/** The metrics that a sweep derives, as a table; nothing without any. */
function derivedOf(found: Found): readonly string[] {
  if (!('metrics' in found)) return [];
  const rows = (found.metrics ?? []).map(({ name, formula, unit = '', direction = '', description = '' }) => {
    return [name, formula, unit, direction, description];
  });
  return [formatWrappedTable(['metric', 'formula', 'unit', 'direction', 'description'], rows)];
}
