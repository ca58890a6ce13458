import inspector from 'node:inspector';
import { fail } from '@archon-dse/core';
import type { Context } from './context.js';

/** Nobody beyond this machine may run code here. */
const HOST = '127.0.0.1';
const PORT = 9229;

/**
 * Waits until a debugger is attached, before any code of a plugin is loaded, so that breakpoints in it are hit. Goes on with the inspector
 * that Node was started with, if it was.
 *
 * @param port - to listen on, 0 for any that is free; `true` for the one debuggers look at first
 * @throws ArchonError ARCHON_USAGE when another process listens there
 */
export function waitForDebugger({ output }: Context, port: number | true): void {
  if (inspector.url() === undefined) inspector.open(port === true ? PORT : port, HOST);
  if (inspector.url() === undefined) {
    fail({
      code: 'ARCHON_USAGE',
      message: `no debugger can be waited for on port ${String(port === true ? PORT : port)}`,
      expected: 'a port that nobody listens on',
      hint: '--inspect 0 takes any.',
    });
  }
  output.info('Waiting for a debugger: attach your editor, or open chrome://inspect.');
  inspector.waitForDebugger();
}
