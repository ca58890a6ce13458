import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import type { EvaluationRecord, Point } from '@archon-dse/core';
import { choicesIn, expandSweep, loadSweep, nodePlatform, readContents, serialExecutor } from '@archon-dse/runner';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Task } from './browser-engine/main.js';
import { isMissing, PageOpener } from './chromium.js';
import { root } from './workspace.js';

/** Every network and accelerator; a module that asks for Node, or that no browser finds, fails the build. */
const bundle = await build({
  entryPoints: [join(import.meta.dirname, 'browser-engine/main.ts')],
  bundle: true,
  write: false,
  metafile: true,
  format: 'iife',
  globalName: 'engine',
  platform: 'browser',
});
const script = bundle.outputFiles[0]?.text ?? '';

const PLUGINS = [
  ...['net-mobilenetv2', 'net-mnasnet', 'net-shufflenet', 'net-fusionet'],
  ...['accel-dense', 'accel-sparse', 'accel-archon'],
].map((name) => `@archon-dse/${name}`);

const host = { plugins: PLUGINS, directories: [join(root, 'packages/host/cli')] };
const { sweep, plugins } = await loadSweep(join(root, 'sweeps/paper-cifar10.yaml'), host);
const contents = await readContents(choicesIn(sweep, plugins.registry), plugins, root);
/** The modified networks on all accelerators: sparse and ARCHON with the densities of the paper. */
const jobs = expandSweep(sweep, plugins.registry, contents).jobs.filter(({ point }) => isModified(point));
const task: Task = { program: nodePlatform.program, contents, points: jobs.map(({ point }) => point) };

type Untimed = Omit<EvaluationRecord, 'timing'>;

function isModified({ network: { options } }: Point): boolean {
  return options['variant'] === undefined || options['variant'] === 'modified';
}

/** What Node makes of the same points, by way of JSON as a journal keeps it. */
async function recordsOfNode(): Promise<readonly Untimed[]> {
  const records: Untimed[] = [];
  const onRecord = ({ timing, ...record }: EvaluationRecord): void => {
    expect(timing.wallMs).toBeGreaterThanOrEqual(0);
    records.push(JSON.parse(JSON.stringify(record)) as Untimed);
  };
  await serialExecutor(plugins, contents).run(jobs, { onRecord });
  return records;
}

async function inBareRealm(points: readonly Point[]): Promise<unknown> {
  const realm = createContext({ TextEncoder, task: JSON.stringify({ ...task, points }) });
  return JSON.parse((await runInContext(`${script};engine.evaluate(JSON.parse(task))`, realm)) as string);
}

describe('the engine with all networks and accelerators, bundled for a browser', () => {
  let expected: readonly Untimed[] = [];
  beforeAll(async () => {
    expected = await recordsOfNode();
  });

  it('holds no module of Node and nothing but its layers and their libraries', () => {
    expect(/["'`]node:\w+/.exec(script)?.[0]).toBeUndefined();
    expect(Object.values(bundle.metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    const packages = Object.keys(bundle.metafile.inputs).map(
      (path) => /^(?:packages\/\w+|plugins)\/[\w-]+|(?<=node_modules\/)(?:@[^/]+\/)?[^/]+|^test/.exec(path)?.[0],
    );
    expect([...new Set(packages)].sort()).toEqual([
      '@noble/hashes',
      'fastest-levenshtein',
      'packages/contract/core',
      'packages/host/engine',
      'packages/learn/execution',
      'packages/model/archon-cycles',
      'packages/model/archon-model',
      'packages/model/loop-nest',
      'packages/model/pe-array',
      'packages/model/pricing',
      'packages/model/sparse-features',
      'packages/model/workload',
      'plugins/accel-archon',
      'plugins/accel-dense',
      'plugins/accel-sparse',
      'plugins/net-fusionet',
      'plugins/net-mnasnet',
      'plugins/net-mobilenetv2',
      'plugins/net-shufflenet',
      'test',
    ]);
  });

  it('has points of each accelerator on each network, none of which fails', () => {
    expect(jobs).toHaveLength(12);
    expect(expected.map(({ status }) => status)).toEqual(jobs.map(() => 'ok'));
  });

  it('gives the records of Node, ids and seeds included, where there is nothing but JavaScript', async () => {
    const few = task.points.filter(({ network }) => network.use === 'archon/fusionet');
    expect(few).toHaveLength(3);
    expect(await inBareRealm(few)).toEqual(expected.filter(({ point }) => point.network.use === 'archon/fusionet'));
  });

  it.each(['archon/archon', 'archon/sparse'])(
    'says of a point of %s that is to be executed that a browser cannot',
    async (name) => {
      const [point] = task.points.filter(({ accelerator }) => accelerator.use === name);
      const { use, options } = point!.accelerator;
      const densities = { pointwiseDensity: 1, depthwiseDensity: 1 };
      const executed = { ...point!, accelerator: { use, options: { ...options, ...densities, fidelity: 'executed' } } };
      expect(await inBareRealm([executed])).toMatchObject([
        { status: 'failed', error: { code: 'ARCHON_WORKLOAD_UNSUPPORTED', path: 'accelerator.options.fidelity' } },
      ]);
    },
  );

  describe.skipIf(isMissing)('in Chromium', () => {
    const opener = new PageOpener();
    beforeAll(() => opener.start());
    afterAll(() => opener.stop());

    it('gives the records of Node, ids and seeds included', async () => {
      const page = await opener.open('<!doctype html><title>engine</title>');
      await page.addScriptTag({ content: script });
      const answer = await page.evaluate((text) => {
        const { engine } = globalThis as unknown as { engine: { evaluate(task: unknown): Promise<string> } };
        return engine.evaluate(JSON.parse(text));
      }, JSON.stringify(task));
      expect(JSON.parse(answer)).toEqual(expected);
      expect(opener.complaints).toEqual([]);
    });
  });
});
