import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { API_VERSION } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../test-fixtures.js';

/** A plugin can only be kept from ending a process of its own: the guard is for good. */

const RUNNER = pathToFileURL(createRequire(import.meta.url).resolve('@archon-dse/runner')).href;
const HOST = `
import { guardProcess, loadPlugins } from ${JSON.stringify(RUNNER)};
guardProcess({
  onLate: (fault) => console.log('late', fault.code, fault.message),
  onBug: (error) => console.log('bug', error.message),
});
await loadPlugins(['./plugin'], [process.cwd()]).then(
  ({ sources }) => console.log('loaded', sources[0].name),
  ({ diagnostics: [{ code, message, plugin }] }) => console.log('failed', code, plugin, message),
);
setTimeout(() => console.log('done'), 30);
if (process.argv[2] === 'bug') Promise.reject(new Error('of the host'));
`;

/** What a host prints that loads a plugin whose entry holds the given code, and its exit code. */
function host(
  code: string,
  ...args: readonly string[]
): { readonly lines: readonly string[]; readonly status: number } {
  const folder = tempDir();
  mkdirSync(join(folder, 'plugin'));
  const archonDse = { apiVersion: API_VERSION, entry: './index.js', provides: [] };
  const manifest = { name: 'guarded', version: '1.0.0', type: 'module', archonDse };
  writeFileSync(join(folder, 'plugin/package.json'), JSON.stringify(manifest));
  const exported = `export default { meta: { name: 'guarded', version: '1.0.0', apiVersion: ${String(API_VERSION)}, namespace: 'guarded' } };`;
  writeFileSync(join(folder, 'plugin/index.js'), `${code}\n${exported}\n`);
  writeFileSync(join(folder, 'host.mjs'), HOST);
  const run = spawnSync(process.execPath, ['host.mjs', ...args], { cwd: folder, encoding: 'utf8', timeout: 20_000 });
  expect(run.stderr).toBe('');
  return { lines: run.stdout.trim().split('\n'), status: run.status ?? -1 };
}

const IMPORTED = 'plugin "guarded"';

describe('guardProcess', () => {
  it.each([
    ['process.exit(0);', 'called process.exit(0) while being imported'],
    ['try { process.exit(0); } catch {}', 'called process.exit(0) while being imported'],
    ['process.kill(process.pid);', 'called process.kill(process.pid) while being imported'],
    ['process.abort();', 'called process.abort() while being imported'],
    [
      'Promise.reject(new Error("lost"));',
      'left an error behind that nobody catches while being imported: Error: lost',
    ],
  ])('fails the import of %s', (code, message) => {
    const { lines, status } = host(code);
    expect(lines[0]).toMatch(/^failed ARCHON_PLUGIN_THREW guarded plugin "guarded" /);
    expect(lines[0]).toContain(message);
    expect({ lines: lines.slice(1), status }).toEqual({ lines: ['done'], status: 0 });
  });

  it('notices an import that waits for nothing', () => {
    expect(host('await new Promise(() => undefined);').lines).toEqual([
      `failed ARCHON_PLUGIN_STUCK guarded ${IMPORTED} does not finish being imported: it waits for something that never happens`,
      'done',
    ]);
  });

  it.each([
    ['setTimeout(() => process.exit(0), 5);', 'called process.exit(0) while being imported'],
    [
      'setTimeout(() => { throw new Error("lost"); }, 5);',
      'left an error behind that nobody catches while being imported: Error: lost (index.js:1)',
    ],
  ])('reports what is left behind by %s', (code, message) => {
    expect(host(code)).toEqual({
      lines: ['loaded guarded', `late ARCHON_PLUGIN_THREW ${IMPORTED} ${message}`, 'done'],
      status: 0,
    });
  });

  it('leaves the host alone: its signals, its ending, its mistakes', () => {
    expect(host('export const unused = 1;', 'bug').lines).toEqual(['loaded guarded', 'bug of the host', 'done']);
    expect(host('process.kill(process.pid, 0) ; try { process.kill(1e9); } catch {}').lines[0]).toContain(
      'process.kill',
    );
  });
});
