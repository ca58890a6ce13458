/**
 * The JSON Schema that editors use for sweeps with the built-in plugins: `sweeps/sweep.schema.json`.
 * `node tools/sweep-schema.mjs` writes it; `--check` only says whether it is up to date. Needs a build.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sweepSchema } from '@archon-dse/config';
import { loadPlugins } from '@archon-dse/runner';
import { BUILTIN_PLUGINS } from '../packages/cli/dist/builtin-plugins.js';
import { root } from './workspace.mjs';

const file = join(root, 'sweeps/sweep.schema.json');
const { registry } = await loadPlugins(BUILTIN_PLUGINS, [join(root, 'packages/cli')]);
const text = `${JSON.stringify(sweepSchema(registry), null, 2)}\n`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('sweeps/sweep.schema.json is out of date: run node tools/sweep-schema.mjs');
  process.exitCode = 1;
}
