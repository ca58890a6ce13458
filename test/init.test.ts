import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPlugins } from '@archon-dse/runner';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { askFor } from '../packages/host/cli/dist/init/ask.js';
import { archonHere } from './in-process.js';
import { root, temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const here = (...args: readonly string[]) => archonHere(args, folder.path);
const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');

describe('archon init', () => {
  it('writes what is usual with --yes: valid, explained, and it runs', async () => {
    const { status, stdout } = await here('init', '--yes');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'Wrote sweep.yaml. Next:\n\n  archon validate sweep.yaml\n  archon sweep sweep.yaml\n' }); // prettier-ignore
    expect(read('sweep.yaml')).toMatch(
      /^# Check it with "archon validate"[^]*\nnetworks:\n {2}- use: mobilenet-v2\n {4}axes:\n/,
    );
    expect((await here('validate', 'sweep.yaml')).stdout).toMatch(/is valid: "sweep", \d+ points/);
    const swept = await here('sweep', 'sweep.yaml', '--limit', '2', '--executor', 'serial', '--json');
    expect(JSON.parse(swept.stdout)).toMatchObject({ counts: { ok: 2, failed: 0 } });
  }, 120_000);

  it('writes what the flags say', async () => {
    const flags = ['--network', 'shufflenet', '--network', 'vit', '--accelerator', 'sparse', '--objective', 'areaUm2'];
    const search = ['--strategy', 'sobol', '--points', '12', '--out', 'my own.yaml'];
    expect(await here('init', ...flags, ...search)).toMatchObject({ status: 0 });
    expect(read('my own.yaml')).toMatch(/name: my-own #[^]*- use: shufflenet\n[^]*- use: vit\n[^]*- use: sparse\n/);
    expect(read('my own.yaml')).toMatch(
      /\nobjectives: \[areaUm2\]\n[^]*\nsearch: \{ strategy: sobol, budget: \{ points: 12 \} \}\n$/,
    );
    expect((await here('validate', 'my own.yaml')).stdout).toContain('archon/sobol searches up to 12 points');
  }, 60_000);

  it('writes a valid sweep of every built-in network and accelerator that needs no file', async () => {
    const { registry } = await loadPlugins(BUILTIN_PLUGINS, [join(root, 'packages/host/cli')]);
    const ids = (kind: 'network' | 'accelerator') => registry.list(kind).map(({ id }) => id);
    for (const network of ids('network').filter((id) => id !== 'archon/file')) {
      const out = `${network.replace('/', '-')}.yaml`;
      expect(await here('init', '--network', network, '--yes', '--out', out)).toMatchObject({ status: 0, stderr: '' });
    }
    for (const accelerator of ids('accelerator')) {
      const out = `${accelerator.replace('/', '-')}.yaml`;
      const { status, stderr } = await here('init', '--accelerator', accelerator, '--yes', '--out', out);
      expect({ accelerator, status, stderr }).toEqual({ accelerator, status: 0, stderr: '' });
    }
    expect(readdirSync(folder.path).filter((name) => name.startsWith('.'))).toEqual([]);
  }, 240_000);

  it('says with --json which file it wrote', async () => {
    const { stdout } = await here('init', '--yes', '--out', 'told.yaml', '--json');
    expect(JSON.parse(stdout)).toEqual({ file: 'told.yaml' });
  });

  it('leaves a file that is there', async () => {
    writeFileSync(join(folder.path, 'mine.yaml'), 'mine');
    const { status, stderr } = await here('init', '--yes', '--out', 'mine.yaml');
    expect(status).toBe(2);
    expect(stderr).toContain('"mine.yaml" is there already');
    expect(read('mine.yaml')).toBe('mine');
  });

  it.each([
    [['--network', 'mobilenet-v3'], 'ARCHON_UNKNOWN_ID', 'Did you mean "mobilenet-v2"?'],
    [['--accelerator', 'dens'], 'ARCHON_UNKNOWN_ID', 'Did you mean "dense"?'],
    [['--strategy', 'nsga3'], 'ARCHON_UNKNOWN_ID', 'Did you mean "nsga2"?'],
    [['--objective', 'cycels'], 'ARCHON_UNKNOWN_METRIC', 'Did you mean "cycles"?'],
    [['--points', '0'], 'ARCHON_USAGE', 'must be a whole number'],
    [['--points', '5'], 'ARCHON_USAGE', '--strategy'],
    [['--out', 'no/such/folder.yaml'], 'ARCHON_FILE', '"no/such/folder.yaml" cannot be written'],
  ])('refuses %j, and writes nothing', async (flags, code, hint) => {
    const { status, stderr } = await here('init', '--yes', '--out', 'none.yaml', ...flags);
    expect(status).toBe(2);
    expect(stderr).toContain(code);
    expect(stderr).toContain(hint);
    expect(existsSync(join(folder.path, 'none.yaml'))).toBe(false);
  });

  it('says what is missing where nobody can be asked', async () => {
    const { status, stderr } = await here('init', '--network', 'vit', '--out', 'none.yaml');
    expect(status).toBe(2);
    expect(stderr).toContain('nothing says --accelerator, --objective, and there is no terminal to ask on');
  });
});

describe('the questions', async () => {
  const { registry } = await loadPlugins(BUILTIN_PLUGINS, [join(root, 'packages/host/cli')]);

  /** The answers of somebody who types these keys, each when a question is there. */
  async function answersTo(given: Parameters<typeof askFor>[0], keys: readonly string[]) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let said = '';
    const waiting = [...keys];
    output.on('data', (data: Buffer) => {
      said += data.toString();
      const key = /\?|good/.test(data.toString()) ? waiting.shift() : undefined;
      if (key !== undefined) setTimeout(() => input.write(key), 20);
    });
    const answers = await askFor(given, registry, { input, output });
    return { answers, said };
  }

  it('have usual answers', async () => {
    const { answers, said } = await answersTo({}, ['\r', '\r', '\r', '\r']);
    expect(answers).toEqual({
      ...{ networks: ['mobilenet-v2'], accelerators: ['dense'], objectives: ['cycles', 'energyPj'] },
    });
    expect(said).toContain('Which networks?');
  });

  it('are of what no flag says', async () => {
    const { answers, said } = await answersTo({ networks: ['vit'], objectives: ['cycles'] }, ['\r', '\r']);
    expect(answers).toMatchObject({ networks: ['vit'], accelerators: ['dense'], objectives: ['cycles'] });
    expect(said).not.toContain('Which networks?');
  });

  it('can be left', async () => {
    expect((await answersTo({}, ['\u0003'])).answers).toBeUndefined();
  });
});
