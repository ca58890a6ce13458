import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root, temporaryFolder } from './workspace.js';

/**
 * The lines of docs/slurm.md for other schedulers. GNU parallel is run as it is; what the manuals of the others say of a line is in a few
 * lines of shell, and `archon` only notes which parts it is given. (`shards.test.ts` has it evaluate some.)
 */

const folder = temporaryFolder();
const bin = join(folder.path, 'bin');
const log = join(folder.path, 'log');
const hasParallel = String(spawnSync('parallel', ['--version'], { encoding: 'utf8' }).stdout).includes('GNU parallel');
if (!hasParallel)
  process.stderr.write('Tests of GNU parallel skipped: it is not installed (apt-get install parallel)\n');

const PROGRAMS = {
  archon: `
    if [ "$2" = plan ]; then for i in 0 1 2 3; do echo "$PWD/archon-out/my/shards/plan/$i.json"; done; exit; fi
    for last; do :; done
    realpath -m "$last" >> '${log}'`,
  // runs what it is told in the home folder
  ssh: `
    while :; do case "$1" in -*) shift;; *) break;; esac; done
    shift; [ "$1" = -- ] && shift
    cd "$HOME" && SHELL=/bin/sh exec sh -c "$*"`,
  // both kinds: the script comes from stdin, the job starts in the home folder unless -cwd is given
  qsub: `
    script=$(cat); export PBS_O_WORKDIR="$PWD"; start="$HOME"
    while [ $# -gt 0 ]; do
      case "$1" in -J) name=PBS_ARRAY_INDEX; range=$2;; -t) name=SGE_TASK_ID; range=$2;; -cwd) start="$PWD";; esac
      shift
    done
    cd "$start"; for i in $(seq "\${range%-*}" "\${range#*-}"); do env "$name=$i" sh -c "$script"; done`,
  // the job starts where it was submitted
  bsub: `
    range=\${2#*[}; range=\${range%]}
    for i in $(seq "\${range%-*}" "\${range#*-}"); do LSB_JOBINDEX=$i sh -c "$3"; done`,
};

beforeAll(() => {
  mkdirSync(bin);
  mkdirSync(join(folder.path, 'home'));
  for (const [name, text] of Object.entries(PROGRAMS)) {
    writeFileSync(join(bin, name), `#!/bin/sh${text}\n`, { mode: 0o755 });
  }
});
afterAll(() => folder.remove());

/** Lines of the table, by the first word of what they are for. */
const lines = new Map(
  [...readFileSync(join(root, 'docs/slurm.md'), 'utf8').matchAll(/^\| ([A-Z][\w ,]+?|ssh) +\| `(.*)` +\|$/gm)].map(
    ([, name = '', line = '']) => [name, line.replaceAll('\\|', '|')],
  ),
);

/** The parts that were started when a command is run. */
function partsOf(command: readonly string[], more: Readonly<Record<string, string>> = {}): readonly string[] {
  writeFileSync(log, '');
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: join(folder.path, 'home'), ...more };
  const [program = '', ...args] = command;
  const { status, stderr } = spawnSync(program, args, { cwd: folder.path, env, encoding: 'utf8' });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return readFileSync(log, 'utf8').trim().split('\n').sort();
}

const parts = (at: string): readonly string[] =>
  [0, 1, 2, 3].map((part) => join(at, `archon-out/my/shards/plan/${String(part)}.json`));

it('are all known here', () => {
  expect([...lines.keys()]).toEqual([
    ...['GNU parallel', 'GNU parallel over ssh', 'ssh'],
    ...['PBS Professional', 'Grid Engine', 'LSF', 'Kubernetes, an indexed Job'],
  ]);
});

it.each(['ssh', 'PBS Professional', 'Grid Engine', 'LSF'])('start each part once: %s', (name) => {
  expect(partsOf(['bash', '-c', lines.get(name) ?? ''])).toEqual(parts(folder.path));
});

it.skipIf(!hasParallel).each(['GNU parallel', 'GNU parallel over ssh'])('start each part once: %s', (name) => {
  expect(partsOf(['bash', '-o', 'pipefail', '-c', lines.get(name) ?? ''])).toEqual(parts(folder.path));
});

it('start the part of a pod', () => {
  const { command } = parse(lines.get('Kubernetes, an indexed Job') ?? '') as { readonly command: readonly string[] };
  const started = [0, 1, 2, 3].flatMap((index) => partsOf(command, { JOB_COMPLETION_INDEX: String(index) }));
  expect(started).toEqual(parts('/data'));
});
