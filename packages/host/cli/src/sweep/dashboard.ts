import { setInterval } from 'node:timers';
import type { Dashboard } from '@archon-dse/serve';
import type { Context } from '../context.js';
import { untilInterrupted } from '../interrupt.js';

interface DashboardOptions {
  /** Of the sweep; it may not be there yet. */
  readonly folder: string;
  /** The one asked for; true where any will do. */
  readonly port: number | true;
  /** Whether it may wait for somebody to have seen enough. */
  readonly stays: boolean;
}

/**
 * Runs a sweep with its dashboard beside it, in a thread of its own. On a terminal the dashboard stays after a sweep that was not interrupted
 * until Ctrl-C; a script need not wait.
 *
 * @throws ArchonError ARCHON_PORT_TAKEN, before the sweep begins
 */
export async function besideDashboard<T extends { readonly result: { readonly interrupted: boolean } }>(
  context: Context,
  { folder, port, stays }: DashboardOptions,
  run: () => Promise<T>,
): Promise<T> {
  const { serveInThread } = await import('@archon-dse/serve');
  const dashboard = await serveInThread({ folders: [folder], cwd: context.cwd, ...(port === true ? {} : { port }) });
  context.output.info(`The dashboard is at ${dashboard.url}`);
  void dashboard.ended.then((error) => {
    if (error !== undefined) context.output.info(`The dashboard is gone, the sweep goes on: ${String(error)}`);
  });
  try {
    const swept = await run();
    if (stays && context.output.errorIsTerminal && !swept.result.interrupted) await untilSeen(context, dashboard);
    return swept;
  } finally {
    await dashboard.close();
  }
}

async function untilSeen(context: Context, { url }: Dashboard): Promise<void> {
  const hold = setInterval(() => undefined, 1 << 30); // its thread keeps no process alive
  await untilInterrupted(context, () => context.output.info(`The dashboard stays at ${url} until Ctrl-C.`));
  clearInterval(hold);
}
