/**
 * The leader of a sweep of bench/slurm-scale.mjs, in a process of its own. Arguments: file of the sweep, out directory. Prints JSON of how many
 * points have a record.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSweep, runSweep } from '@archon-dse/runner';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';

const [file, outDir] = process.argv.slice(2);
const path = (name) => fileURLToPath(new URL(`../packages/host/cli${name}`, import.meta.url));
const { sweep, plugins } = await loadSweep(file, { plugins: BUILTIN_PLUGINS, directories: [path(''), dirname(file)] });
const slurm = { command: [process.execPath, path('/bin/archon.js'), 'shard'] };
const { store, counts } = await runSweep({ sweep, plugins, outDir, cwd: dirname(file), slurm });
store.close();
console.log(JSON.stringify({ points: counts.ok }));
