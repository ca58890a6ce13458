/**
 * Makes a release: `node tools/release.mjs VERSION [--dry-run] [--publish]`.
 *
 * Sets the version of all packages, builds and packs them into `release/VERSION`, and checks the tarballs. `--dry-run` only says what
 * would be written. `--publish` gives the tarballs to the registry, each after those that it needs; without it nothing leaves this machine.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pack, publishedPackages, readJson } from './packages.mjs';
import { unreleased, versionEdits } from './version-edits.mjs';
import { root, run } from './workspace.mjs';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'dry-run': { type: 'boolean', default: false }, publish: { type: 'boolean', default: false } },
});
const [version = ''] = positionals;

const problems = [...inTheWay()];
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
const edits = versionEdits(root, version, new Date().toISOString().slice(0, 10));
if (flags['dry-run']) {
  console.log(['Would write:', ...edits.keys(), '', 'Would publish, in this order:', ...names()].join('\n'));
} else {
  for (const [path, text] of edits) writeFileSync(join(root, path), text);
  run('Building', 'npm', ['run', 'build']);
  const tarballs = packAll();
  await check(tarballs);
  if (flags.publish) {
    for (const tarball of tarballs) run(`Publishing ${tarball}`, 'npm', ['publish', tarball, '--access', 'public']);
  }
  console.log(`\n${tarballs.length} tarballs ${flags.publish ? 'published' : 'made'}. Now keep the release:`);
  console.log(`git commit -am "chore: release ${version}" && git tag v${version}`);
}

/** Why there can be no release now. */
function* inTheWay() {
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  const { version: current } = readJson(join(root, 'package.json'));
  if (parts === undefined) yield `"${version}" is no version such as 1.2.3.`;
  else {
    const [difference = 0] = current.split('.').flatMap((part, index) => parts[index] - Number(part) || []);
    if (difference <= 0) yield `${version} does not come after ${current}.`;
  }
  const changes = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (changes !== '') yield `Changes that are not committed:\n${changes.trimEnd()}`;
  if (unreleased(root) === '') yield 'CHANGELOG.md says nothing under Unreleased.';
}

function names() {
  return publishedPackages(root).map(({ manifest }) => manifest.name);
}

/** @returns the tarballs, each after those that it needs */
function packAll() {
  const destination = join(root, 'release', version);
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  return pack(
    root,
    publishedPackages(root).map(({ folder }) => folder),
    destination,
  );
}

async function check(tarballs) {
  const { tarballProblems } = await import('./tarball.mjs'); // brings a compiler along
  for (const tarball of tarballs) {
    const found = await tarballProblems(tarball);
    if (!tarball.endsWith(`-${version}.tgz`)) found.push(`is not of version ${version}`);
    if (found.length === 0) continue;
    console.error(`${tarball}:\n${found.join('\n')}`);
    process.exitCode = 1;
  }
  if (process.exitCode) process.exit();
}
