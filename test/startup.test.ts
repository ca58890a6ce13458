import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ARCHON, root, temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
afterAll(folder.remove);

/** Packages that a command line loads something of, ours without their scope; `files` are all of them. */
function loaded(...args: readonly string[]): {
  readonly packages: readonly string[];
  readonly files: readonly string[];
} {
  const list = join(folder.path, 'modules.txt');
  const { status } = spawnSync(
    process.execPath,
    ['--import', join(root, 'test/fixtures/list-modules.mjs'), ARCHON, ...args],
    { cwd: root, env: { ...process.env, LOADED_MODULES: list }, stdio: 'ignore' },
  );
  expect(status).toBe(0);
  const files = [...new Set(readFileSync(list, 'utf8').split('\n'))].filter((url) => /^(file:|\/|[A-Z]:)/.test(url));
  const packages = files.map((url) => {
    const [, installed] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
    return installed ?? /\/(?:packages\/[^/]+|plugins)\/([^/]+)/.exec(url)?.[1] ?? '';
  });
  return { packages: [...new Set(packages)].filter((name) => name !== '').sort(), files };
}

describe('a command loads what it uses', () => {
  // Of config, data and training they load single files: how errors are shown, and the names that options may have.
  const LIGHT = ['cli', 'commander', 'config', 'core', 'data', 'fastest-levenshtein', 'training'];

  it.each([[['--version']], [['--help']], [['sweep', '--help']], [['train', '--help']]])('archon %j', (args) => {
    const { packages, files } = loaded(...args);
    expect(packages).toEqual(LIGHT);
    expect(files.filter((url) => /\/(config|data|training)\/dist\//.test(url)).length).toBeLessThan(10);
    expect(files.length).toBeLessThan(125);
  });

  it.each([
    ['validate', 'sweeps/quickstart-accuracy.yaml'],
    ['expand', 'sweeps/quickstart.yaml'],
    ['describe', 'mobilenet-v2'],
    ['plugins', ''],
  ])('archon %s %s: neither charts nor training, though all plugins are loaded', (command, argument) => {
    const { packages, files } = loaded(...[command, argument].filter((text) => text !== ''));
    expect(packages).toEqual(expect.arrayContaining(['accel-archon', 'net-mobilenetv2', 'stages']));
    const heavy =
      /echarts|zrender|onnxruntime|tensorflow|backend-|^(report|ics21|validation|tensor|weights|compression|h5wasm|tar)$/;
    expect(packages.filter((name) => heavy.test(name))).toEqual([]);
    expect(files.filter((url) => /\/(data|training)\/dist\//.test(url)).length).toBeLessThan(11);
  });

  it('sees what is loaded where it is used', () => {
    expect(loaded('validate-model').packages).toContain('validation');
    expect(loaded('runs').packages).toEqual(expect.arrayContaining(['tensor', 'weights', 'compression', 'data']));
  });
});
