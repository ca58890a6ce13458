import type { Dashboard } from '@archon-dse/serve';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Context } from '../context.js';
import { outputTo } from '../terminal/output.js';
import { besideDashboard } from './dashboard.js';

const close = vi.fn(() => Promise.resolve());
let end: (error: unknown) => void = () => undefined;
const ended = new Promise<unknown>((resolve) => (end = resolve));
vi.mock('@archon-dse/serve', () => ({
  serveInThread: (): Promise<Dashboard & { readonly ended: Promise<unknown> }> =>
    Promise.resolve({ url: 'http://127.0.0.1:1/', port: 1, ended, close }),
}));

beforeEach(() => void close.mockClear());

/** What `hear` is told, as it is told. */
function contextOf(hear: (text: string) => void, errorIsTerminal: boolean): Context {
  const output = outputTo({ out: () => undefined, err: hear, errorIsTerminal, color: false });
  return { output, cwd: '/', host: { plugins: [], directories: [] }, setExitCode: () => undefined };
}

it('stays until Ctrl-C, also of somebody who presses it the moment it says so', async () => {
  let told = '';
  const heard: boolean[] = [];
  const context = contextOf((text) => {
    told += text;
    if (text.includes('Ctrl-C')) heard.push(process.emit('SIGINT', 'SIGINT'));
  }, true);
  const swept = { result: { interrupted: false } };
  const run = (): Promise<typeof swept> => Promise.resolve(swept);
  expect(await besideDashboard(context, { folder: 'out', port: true, stays: true }, run)).toBe(swept);
  expect(heard).toEqual([true]);
  expect(told).toBe(
    'The dashboard is at http://127.0.0.1:1/\n' +
      'The dashboard stays at http://127.0.0.1:1/ until Ctrl-C.\n' +
      'Stopping.\n',
  );
  expect(close).toHaveBeenCalledOnce();
});

it('goes on with a sweep whose dashboard ends by an error, and says so', async () => {
  let told = '';
  const context = contextOf((text) => void (told += text), false);
  const swept = await besideDashboard(context, { folder: 'out', port: true, stays: false }, async () => {
    end(new RangeError('out of memory'));
    await ended;
    return { result: { interrupted: false } };
  });
  expect(swept).toEqual({ result: { interrupted: false } });
  expect(told).toBe(
    'The dashboard is at http://127.0.0.1:1/\n' +
      'The dashboard is gone, the sweep goes on: RangeError: out of memory\n',
  );
  expect(close).toHaveBeenCalledOnce();
});
