/** What `npm start` and `npm test` share: check Node, install what the lockfile says, build. Plain Node, no dependencies. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Stops with a clear line when Node is too old. */
export function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const least = engines.node.replace('>=', '').trim();
  const [[leastMajor, leastMinor], [major, minor]] = [least, process.versions.node].map((it) =>
    it.split('.').map(Number),
  );
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  console.error(`Archon DSE needs Node >= ${least}; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Runs a command in the repository root; stops with its exit code when it fails. */
export function run(title, command, args, env = {}) {
  console.log(`\n==> ${title}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', ...env },
  });
  if (error) console.error(String(error));
  if (status !== 0) {
    console.error(`\n${title} failed (exit code ${status ?? 1}).`);
    process.exit(status ?? 1);
  }
}

/** Runs a package's command line from node_modules. */
export function runTool(title, binary, args, env) {
  run(title, process.execPath, [join(root, 'node_modules', binary), ...args], env);
}

/** `npm ci` unless node_modules already is what the lockfile describes. */
export function install() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  run('Installing dependencies', 'npm', ['ci', '--no-audit', '--no-fund']);
}

export function build() {
  runTool('Building', 'nx/dist/bin/nx.js', ['run-many', '-t', 'build', '--outputStyle=static']);
}
