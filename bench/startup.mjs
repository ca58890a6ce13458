/** How long commands take that do next to nothing, as a user waits for them; the least of several, since start-up has no other noise. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { table } from './measure.mjs';

const TIMES = 20;
const root = fileURLToPath(new URL('..', import.meta.url));

const COMMANDS = [
  [['--version'], 150],
  [['--help'], 150],
  [['validate', 'sweeps/quickstart.yaml'], 500],
  [['describe', 'mobilenet-v2'], 500],
];

/** BENCH_BASELINE names another built tree to compare with. */
export function startup() {
  const baseline = process.env.BENCH_BASELINE;
  const rows = COMMANDS.map(([args, target]) => [
    `archon ${args.join(' ')}`,
    ...(baseline === undefined ? [] : [leastMs([bin(baseline), ...args])]),
    leastMs([bin(root), ...args]),
    target,
  ]);
  const node = leastMs(['--eval', '0']);
  rows.push(['node --eval 0', ...(baseline === undefined ? [] : [node]), node, '-']);
  return table(['command', ...(baseline === undefined ? [] : ['before, ms']), 'ms', 'target'], rows);
}

const bin = (tree) => join(tree, 'packages/host/cli/bin/archon.js');

function leastMs(args) {
  const times = Array.from({ length: TIMES }, () => {
    const start = performance.now();
    spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
    return performance.now() - start;
  });
  return Math.round(Math.min(...times));
}
