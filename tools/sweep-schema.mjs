/**
 * The JSON Schemas that editors use for sweeps and experiments with the built-in plugins, and for networks and architectures in YAML:
 * `sweeps/*.schema.json`.
 * `node tools/sweep-schema.mjs` writes them; `--check` only says whether they are up to date. Needs a build.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARCHITECTURE } from '@archon-dse/architecture';
import { documentSchema, experimentSchema, sweepSchema } from '@archon-dse/config';
import { networkSchema } from '@archon-dse/network-files';
import { loadPlugins } from '@archon-dse/runner';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { root } from './workspace.mjs';

const { registry } = await loadPlugins(BUILTIN_PLUGINS, [join(root, 'packages/host/cli')]);
const schemas = {
  'sweep.schema.json': sweepSchema,
  'experiment.schema.json': experimentSchema,
  'network.schema.json': networkSchema,
  'architecture.schema.json': () => documentSchema({ title: 'Archon DSE architecture', option: ARCHITECTURE }),
};

for (const [name, schemaOf] of Object.entries(schemas)) {
  const file = join(root, 'sweeps', name);
  const text = `${JSON.stringify(schemaOf(registry), null, 2)}\n`;
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`sweeps/${name} is out of date: run node tools/sweep-schema.mjs`);
    process.exitCode = 1;
  }
}
