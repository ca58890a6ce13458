import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandSweep } from './expand.js';
import { loadSweep } from './load-sweep.js';
import { FIXTURES, rejection, tempDir } from './test-fixtures.js';

const SWEEP = `
apiVersion: archon/v1
name: two-plugins
plugins: [archon-fixture-same-ids]
networks: [{ use: fixture/tiny }]
accelerators: [{ use: faulty, options: { fault: none } }]
objectives: [cycles]
`;

describe('loadSweep', () => {
  it('loads the plugins of the host and of the sweep, then reads the sweep with them', async () => {
    const root = tempDir();
    cpSync(join(FIXTURES, 'same-ids'), join(root, 'node_modules/archon-fixture-same-ids'), { recursive: true });
    mkdirSync(join(root, 'sweeps'));
    const file = join(root, 'sweeps/sweep.yaml');
    writeFileSync(file, SWEEP);
    const { sweep, plugins } = await loadSweep(file, { plugins: [join(FIXTURES, 'faulty')], directories: [FIXTURES] });
    expect(plugins.sources.map(({ name }) => name)).toEqual(['archon-fixture-faulty', 'archon-fixture-same-ids']);
    expect(sweep.accelerators[0]).toMatchObject({ use: 'faulty/faulty', options: { fault: 'none' } });
    expect(expandSweep(sweep, plugins.registry).jobs).toHaveLength(1);
  });

  it('says which file cannot be read', async () => {
    const file = join(tempDir(), 'missing.yaml');
    const [found] = await rejection(loadSweep(file, { plugins: [], directories: [] }));
    expect(found).toMatchObject({ code: 'ARCHON_FILE_NOT_FOUND', message: `"${file}" cannot be read (ENOENT)` });
  });

  it('names a plugin that is not installed', async () => {
    const file = join(tempDir(), 'sweep.yaml');
    writeFileSync(file, SWEEP);
    const [found] = await rejection(loadSweep(file, { plugins: [], directories: [] }));
    expect(found).toMatchObject({ code: 'ARCHON_PLUGIN_NOT_FOUND', plugin: 'archon-fixture-same-ids' });
  });
});
