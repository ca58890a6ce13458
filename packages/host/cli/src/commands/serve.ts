import { existsSync } from 'node:fs';
import { fail } from '@archon-dse/core';
import { serveSweeps } from '@archon-dse/serve';
import { inCwd, type Context } from '../context.js';
import { untilInterrupted } from '../interrupt.js';

interface Flags {
  readonly port?: number;
  readonly json?: boolean;
}

/** `archon serve [DIR...]`: the dashboard of the sweeps in these folders, until it is ended. */
export async function serve(context: Context, named: readonly string[], { port, json }: Flags): Promise<void> {
  const folders = named.length === 0 ? ['archon-out'] : named;
  for (const folder of folders) refuseAbsent(context, folder);
  const dashboard = await serveSweeps({ folders, cwd: context.cwd, ...(port === undefined ? {} : { port }) });
  const { url } = dashboard;
  await untilInterrupted(context, () => {
    if (json) context.output.json({ url, port: dashboard.port, pid: process.pid, folders });
    else context.output.result(`The dashboard is at ${url}; Ctrl-C ends it.`);
  });
  await dashboard.close();
}

/** @throws ArchonError ARCHON_FILE_NOT_FOUND: a name that is mistyped would look like a folder without sweeps */
function refuseAbsent(context: Context, folder: string): void {
  const path = inCwd(context, folder);
  if (existsSync(path)) return;
  fail({
    code: 'ARCHON_FILE_NOT_FOUND',
    message: `there is no folder "${path}"`,
    expected: 'the out directory of a sweep, or a folder that holds some',
  });
}
