import { expandSweep, loadSweep } from '@archon-dse/runner';
import type { Context } from '../context.js';

/** `archon validate FILE`: is the sweep right, and how many points has it. */
export async function validate(context: Context, file: string, flags: { readonly json?: boolean }): Promise<void> {
  const { sweep, plugins } = await loadSweep(file, context.host);
  const expansion = expandSweep(sweep, plugins.registry);
  const points = expansion.jobs.length;
  if (flags.json) context.output.json({ valid: true, name: sweep.name, points, duplicates: expansion.duplicates });
  else context.output.result(`${file} is valid: "${sweep.name}", ${String(points)} points`);
}
