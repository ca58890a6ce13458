import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BAD_PLUGINS } from './hostile/loads.js';
import { pluginText, writePlugin } from './hostile/package.js';
import { archonIn, diagnosticsIn, drive, expectCivil, type DrivenLines } from './hostile/run.js';
import { temporaryFolder } from './workspace.js';

/** Plugins that do every wrong thing we know of before anything of them is called. */

const folder = temporaryFolder();
afterAll(folder.remove);
let driven: DrivenLines;

beforeAll(async () => {
  for (const plugin of BAD_PLUGINS) writePlugin(folder.path, plugin);
  writePlugin(folder.path, {
    name: 'run-throws-error',
    entry: pluginText('run-throws-error', 'accelerator.run', `throw new TypeError('out of luck');`),
  });
  const lines = BAD_PLUGINS.flatMap(({ name, isOnce }) => [
    ['plugins', '--plugin', `./${name}`, '--json'],
    ...(isOnce ? [] : [['plugins', '--plugin', `./${name}`]]),
  ]);
  driven = await drive(folder.path, lines);
}, 300_000);

describe('a plugin that cannot be loaded', () => {
  it('leaves the process alone', () => {
    console.info(`hostile plugins: ${String(BAD_PLUGINS.length)} that cannot be loaded`);
    expect(new Set(BAD_PLUGINS.map(({ name }) => name)).size).toBe(BAD_PLUGINS.length);
    expect(driven.all.flatMap(({ bugs }) => bugs)).toEqual([]);
  });

  it.each(BAD_PLUGINS)('$name is refused with $code', ({ name, code, isOnce }) => {
    const json = driven.of('plugins', '--plugin', `./${name}`, '--json');
    const diagnostics = diagnosticsIn(json.stdout);
    expect({ status: json.status, codes: [...new Set(diagnostics.map((one) => one.code))] }).toEqual({
      status: 2,
      codes: [code],
    });
    expect(diagnostics[0]?.message).toContain(name);
    expectCivil(json.stdout);
    if (isOnce) return;
    const text = driven.of('plugins', '--plugin', `./${name}`);
    expect({ status: text.status, stdout: text.stdout }).toEqual({ status: 2, stdout: '' });
    expect(text.stderr).toContain(name);
    expectCivil(text.stderr);
  });

  it('shows the place of what does not parse', () => {
    expect(driven.of('plugins', '--plugin', './import-syntax').stderr).toContain('  const b == 2;\n        ^');
    expect(driven.of('plugins', '--plugin', './import-syntax').stderr).toMatch(/^import-syntax\/index\.js:2:7 /);
    expect(driven.of('plugins', '--plugin', './import-syntax-inside').stderr).toMatch(
      /^import-syntax-inside\/inside\.js:2:8 /,
    );
  });
});

describe('the real command', () => {
  const archon = (...args: readonly string[]) => archonIn(folder.path, ...args);
  const plugins = (name: string, ...more: readonly string[]) => archon('plugins', '--plugin', `./${name}`, ...more);

  it.each(['import-exits', 'import-really-exits', 'import-kills', 'import-never-ends'])('outlives %s', async (name) => {
    const { status, stdout, stderr } = await plugins(name);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(name);
    expectCivil(stderr);
  });

  it('shows the stack of a plugin when asked to', async () => {
    const place = `${join(folder.path, 'import-throws/index.js')}:1:7`;
    expect((await plugins('import-throws')).stderr).not.toContain(place);
    expect((await plugins('import-throws', '--stack')).stderr).toContain(place);
    const args = ['--network', 'run-throws-error/net', '--accelerator', 'run-throws-error/acc', '--stack'];
    const { stderr } = await archon('simulate', ...args, '--plugin', './run-throws-error');
    expect(stderr).toContain(`${join(folder.path, 'run-throws-error/index.js')}:3`);
  });

  it('keeps what a plugin prints out of its documents, and does not wait for what it left running', async () => {
    const name = 'prints-and-stays';
    const extra = `console.log('{'); process.stdout.write('{'); setInterval(() => console.log('{'), 100); process.exitCode = 9;`;
    writePlugin(folder.path, { name, entry: pluginText(name, 'none', '', extra) });
    const { status, stdout } = await plugins(name, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty('plugins');
  });

  it('says what a plugin left behind, with exit code 3', async () => {
    const name = 'late';
    writePlugin(folder.path, { name, entry: pluginText(name, 'none', '', `setTimeout(() => process.exit(0), 1);`) });
    const { status, stdout, stderr } = await plugins(name, '--json');
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toHaveProperty('plugins');
    expect(stderr).toContain('plugin "late" called process.exit(0) while being imported');
  });

  it('refuses a package.json that is a folder', async () => {
    mkdirSync(join(folder.path, 'manifest-folder/package.json'), { recursive: true });
    const { status, stderr } = await plugins('manifest-folder');
    expect(status).toBe(2);
    expect(stderr).toContain('manifest-folder/package.json is a folder');
  });

  it('does not match a pattern for ever', async () => {
    const name = 'pattern';
    const schema = `{ type: 'string', description: 'D', default: '', pattern: '^(a+)+$' }`;
    writePlugin(folder.path, {
      name,
      entry: pluginText(name, 'none', '', `plugin.networks[0].meta.options = { word: ${schema} };`),
    });
    const word = `word=${'a'.repeat(40)}!`;
    const { status, stderr } = await archon('describe', 'pattern/net', '--plugin', './pattern', '--set', word);
    expect(status).toBe(2);
    expect(stderr).toContain('cannot have word');
  });
});
