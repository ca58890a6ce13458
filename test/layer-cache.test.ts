import { readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { archonHere } from './in-process.js';
import { journalOf, temporaryFolder } from './workspace.js';

const sweepOf = (meshX: readonly number[]): string => `
apiVersion: archon/v1
name: cached
networks: [{ use: mobilenet-v2, options: { width: 0.25 } }]
accelerators: [{ use: dense, options: { glbKib: 64 }, axes: { meshX: [${meshX.join(', ')}], meshY: [6, 9] } }]
objectives: [cycles, energyPj]
`;

interface ListedScope {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
}

const folder = temporaryFolder();
const cache = join(folder.path, 'cache');
vi.stubEnv('ARCHON_CACHE_DIR', cache);
vi.stubEnv('ARCHON_CACHE_BYTES', '');
afterAll(() => folder.remove());

async function json<T>(...args: readonly string[]): Promise<T> {
  const { status, stdout, stderr } = await archonHere([...args, '--json'], folder.path);
  expect([status, stderr]).toEqual([0, stderr]);
  return JSON.parse(stdout) as T;
}

/** Runs a sweep in a folder of its own; its records without their timing. */
async function run(name: string, meshX: readonly number[], ...flags: readonly string[]): Promise<unknown> {
  writeFileSync(join(folder.path, `${name}.yaml`), sweepOf(meshX));
  await json('sweep', `${name}.yaml`, '--out', name, ...flags);
  return journalOf(join(folder.path, name));
}

const scopes = async () => (await json<{ layers: readonly ListedScope[] }>('cache', 'list')).layers;
const valuesFor = async (file: string) => {
  const { layers } = await json<{ layers: readonly { values: number }[] }>('cache', 'explain', file);
  return layers.map(({ values }) => values);
};

let expected: unknown;
beforeAll(async () => {
  expected = await run('off', [4, 8], '--no-cache');
}, 300_000);

it('keeps layer results, from which a second sweep has the same records, whatever became of them', async () => {
  expect(await scopes()).toEqual([]);
  expect(await run('cold', [4, 8])).toEqual(expected);
  const [scope] = await scopes();
  expect(scope?.bytes).toBeGreaterThan(10_000);
  const [values = 0] = await valuesFor('cold.yaml');
  expect(values).toBeGreaterThan(20);

  expect(await run('warm', [4, 8])).toEqual(expected);
  expect((await scopes()).map(({ id, bytes }) => [id, bytes])).toEqual([[scope?.id, scope?.bytes]]);

  for (const name of readdirSync(scope?.path ?? '').filter((one) => one.endsWith('.seg'))) {
    const path = join(scope?.path ?? '', name);
    const bytes = readFileSync(path);
    for (let at = 100; at < bytes.length; at += 5000) bytes[at] = 0x37;
    writeFileSync(path, bytes);
    truncateSync(path, bytes.length - 10);
  }
  expect(await run('damaged', [4, 8])).toEqual(expected);
}, 300_000);

it('adds what is new when an axis is widened, and nothing with --no-cache', async () => {
  const [before = 0] = await valuesFor('cold.yaml');
  const without = await run('wider-off', [4, 8, 12], '--no-cache');
  expect(await valuesFor('cold.yaml')).toEqual([before]);
  expect(await run('wider', [4, 8, 12])).toEqual(without);
  expect((await valuesFor('cold.yaml'))[0]).toBeGreaterThan(before);
}, 300_000);

it('is used and filled by parts of a sweep, unless their plan or their machine says otherwise', async () => {
  await json('cache', 'prune', '--max-bytes', '0', '--yes');
  const inParts = async (name: string, env: string, ...flags: readonly string[]): Promise<unknown> => {
    writeFileSync(join(folder.path, `${name}.yaml`), sweepOf([4, 8]));
    const plan = ['shard', 'plan', `${name}.yaml`, '--tasks', '2', '--out', name];
    const { files } = await json<{ files: readonly string[] }>(...plan, ...flags);
    vi.stubEnv('ARCHON_CACHE_BYTES', env);
    for (const file of files) await json('shard', file, '--workers', '1');
    vi.stubEnv('ARCHON_CACHE_BYTES', '');
    return journalOf(join(folder.path, name));
  };
  expect(await inParts('parts-off', '', '--no-cache')).toEqual(expected);
  expect(await inParts('parts-none-here', '0')).toEqual(expected);
  expect((await scopes()).map(({ bytes }) => bytes)).toEqual([0]);
  expect(await inParts('parts-few', '9kB')).toEqual(expected);
  expect((await scopes())[0]?.bytes).toBeLessThanOrEqual(9000);

  expect(await inParts('parts-cold', '')).toEqual(expected);
  const [scope] = await scopes();
  expect(scope?.bytes).toBeGreaterThan(10_000);
  expect(await inParts('parts-warm', '')).toEqual(expected);
  expect((await scopes()).map(({ bytes }) => bytes)).toEqual([scope?.bytes]); // nothing was computed again
}, 300_000);

it('shows what would be deleted, and deletes it when told to', async () => {
  const [scope] = await scopes();
  const { stdout, stderr } = await archonHere(['cache', 'prune', '--max-bytes', '0'], folder.path);
  expect(stdout).toContain(scope?.id);
  expect(stderr).toContain('--yes deletes them');
  expect(await scopes()).toEqual([scope]);
  expect(await json('cache', 'prune', '--older-than', '1h', '--yes')).toEqual({ deleted: true, bytes: 0, paths: [] });
  expect(await json('cache', 'prune', '--max-bytes', '0', '--yes')).toMatchObject({ bytes: scope?.bytes });
  expect((await scopes()).map(({ bytes }) => bytes)).toEqual([0]);
  expect(await valuesFor('cold.yaml')).toEqual([0]);
});

it('says what has changed since results that cannot be used', async () => {
  await run('again', [4]);
  const [scope] = await scopes();
  const file = join(scope?.path ?? '', 'scope.json');
  const facts = JSON.parse(readFileSync(file, 'utf8')) as { plugin: object };
  writeFileSync(file, JSON.stringify({ ...facts, plugin: { ...facts.plugin, code: 'another' } }));
  const other = join(cache, 'layers', '0123456789abcdef');
  renameSync(scope?.path ?? '', other);
  const { stdout } = await archonHere(['cache', 'explain', 'again.yaml'], folder.path);
  expect(stdout).toContain('none of its layer results can be used');
  expect(stdout).toContain('the code of plugin "@archon-dse/accel-dense" or of what it depends on');
}, 120_000);

it('refuses a limit that is none', async () => {
  expect(await archonHere(['cache', 'prune', '--max-bytes', 'much'], folder.path)).toMatchObject({ status: 2 });
  expect(await archonHere(['cache', 'prune'], folder.path)).toMatchObject({ status: 2 });
  vi.stubEnv('ARCHON_CACHE_BYTES', 'much');
  expect(await archonHere(['sweep', 'cold.yaml'], folder.path)).toMatchObject({ status: 2 });
  vi.stubEnv('ARCHON_CACHE_BYTES', '');
});
