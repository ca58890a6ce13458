import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pluginText, writePlugin } from './hostile/package.js';
import { ARCHON, root, temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const SWEEP = `apiVersion: archon/v1
name: debugged
plugins: [./debugged]
networks: [{ use: debugged/net }]
accelerators: [{ use: debugged/acc }]
objectives: [cycles]
`;

beforeAll(() => {
  writePlugin(folder.path, {
    name: 'debugged',
    entry: pluginText('debugged', 'accelerator.run', 'const seen = given[0].workloads.length;\n  seen;'),
  });
  writeFileSync(join(folder.path, 'debugged.yaml'), SWEEP);
});

/** Where the debugger stopped, what it saw there, the address it was told to attach to, and how the program ended. */
async function debug(nodeArgs: readonly string[], args: readonly string[]) {
  const program = spawn(process.execPath, [...nodeArgs, ARCHON, ...args], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(program, 'close');
  program.stdout.resume();
  for await (const line of createInterface(program.stderr)) {
    const [, url] = /^Debugger listening on (ws:\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    const client = ['--experimental-websocket', '--no-warnings', join(root, 'test/fixtures/debugger-client.mjs')];
    const debuggerProcess = spawn(process.execPath, [...client, url, 'debugged/index.js', '4', 'seen'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    debuggerProcess.stdout.on('data', (data: Buffer) => (text += data.toString()));
    await once(debuggerProcess, 'close');
    program.stderr.resume();
    const [status] = (await ended) as [number];
    return { status, host: new URL(url).hostname, stopped: JSON.parse(text) as object };
  }
  throw new Error('nobody waits for a debugger');
}

describe('a breakpoint in a plugin', () => {
  it.each([
    ['archon sweep --inspect', [], ['sweep', 'debugged.yaml', '--inspect', '0', '--out', 'one']],
    [
      'node --inspect-brk, sweep --executor serial',
      ['--inspect-brk=127.0.0.1:0'],
      ['sweep', 'debugged.yaml', '--executor', 'serial', '--out', 'two'],
    ],
    [
      'archon simulate --inspect',
      [],
      [
        'simulate',
        '--network',
        'debugged/net',
        '--accelerator',
        'debugged/acc',
        '--plugin',
        './debugged',
        '--inspect',
        '0',
      ],
    ],
  ])('%s', async (_what, nodeArgs, args) => {
    expect(await debug(nodeArgs, args)).toEqual({
      status: 0,
      host: '127.0.0.1',
      stopped: { url: `file://${join(folder.path, 'debugged/index.js')}`, line: 4, value: 2 },
    });
  });
});
