/** `npm start`: install, build, run the quickstart sweep and say where its report is. */
import { join } from 'node:path';
import { build, checkNode, install, root, run } from './workspace.mjs';

checkNode();
install();
build();
run('Running sweeps/quickstart.yaml', process.execPath, [
  join(root, 'packages/host/cli/bin/archon.js'),
  'sweep',
  join('sweeps', 'quickstart.yaml'),
]);
