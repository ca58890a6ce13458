import { fail, settingsText, type Choice, type Search } from '@archon-dse/core';
import { choicesIn, expandSweep, loadSweep, mostRefined, readContents } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { optionTexts } from '../terminal/format.js';

/** `archon expand FILE`: every point with its id and all of its options. */
export async function expand(context: Context, file: string, flags: { readonly json?: boolean }): Promise<void> {
  const { sweep, plugins } = await loadSweep(file, context.host);
  if (sweep.search !== undefined) refuseSearch(file, sweep.search);
  const contents = await readContents(choicesIn(sweep, plugins.registry), plugins, context.cwd);
  const expansion = expandSweep(sweep, plugins.registry, contents);
  const points = expansion.jobs.map(({ point }) => point);
  const most = sweep.refine && mostRefined(points, sweep, plugins.registry);
  if (flags.json) {
    context.output.json({ sweep, points: expansion.jobs, ...(most === undefined ? {} : { mostRefined: most }) });
    return;
  }
  for (const { id, point } of expansion.jobs) {
    const choices = [point.network, ...point.stages, point.accelerator];
    context.output.result(`${id}  ${choices.map(showChoice).join('  |  ')}`);
  }
  if (sweep.refine !== undefined) {
    const settings = settingsText(sweep.refine, sweep);
    context.output.info(`Then at most ${String(most)} of these points are refined. ${settings}`);
  }
}

function refuseSearch(file: string, { strategy, budget }: Search): never {
  return fail({
    code: 'ARCHON_USAGE',
    message: `"${file}" has no list of points: ${strategy} finds up to ${String(budget.points)} of them by the results of others`,
    expected: 'a sweep without search',
    hint: `archon sweep ${file} searches, and writes what it found to pareto.csv and report.html.`,
  });
}

function showChoice({ use, options }: Choice): string {
  return [use, ...optionTexts(options)].join(' ');
}
