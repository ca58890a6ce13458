import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

/** The shells are really asked: each has the script, a command line and a cursor at its end. */

const folder = temporaryFolder();
afterAll(folder.remove);
const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const scriptOf = (shell: string): string => join(folder.path, `archon.${shell}`);

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { status, stdout } = await archonHere(['completion', shell]);
    expect(status).toBe(0);
    writeFileSync(scriptOf(shell), stdout);
  }
  mkdirSync(join(folder.path, 'results'));
  for (const name of ['my.yaml', 'my other.yml', 'notes.txt']) writeFileSync(join(folder.path, name), '');
}, 60_000);

const lines = (text: string): readonly string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '').sort(); // prettier-ignore

const SHELLS: Readonly<Record<string, (words: readonly string[]) => readonly string[]>> = {
  bash(words) {
    const program =
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _archon; printf "%s\\n" "${COMPREPLY[@]}"';
    return lines(execFileSync('bash', ['-c', program, 'bash', scriptOf('bash'), 'archon', ...words], { cwd: folder.path, encoding: 'utf8' })); // prettier-ignore
  },
  zsh(words) {
    // what would be offered is printed instead, those that begin as the last word does
    const program = `compdef() { :; }
_describe() { print -rl -- "\${(@)found%%:*}"; }
compadd() { shift; print -rl -- "$@"; }
_files() { [[ $1 == -g ]] && print -rl -- \${~2}(N) || print -rl -- *(N); print -rl -- *(/N); }
_path_files() { print -rl -- *(/N); }
source "$1"; shift; words=("$@"); CURRENT=$#; PREFIX="\${words[CURRENT]}"; _archon`;
    const out = execFileSync('zsh', ['-f', '-o', 'extendedglob', '-c', program, 'zsh', scriptOf('zsh'), 'archon', ...words], { cwd: folder.path, encoding: 'utf8' }); // prettier-ignore
    return lines(out).filter((line) => line.startsWith(words.at(-1) ?? ''));
  },
  fish(words) {
    const line = ['archon', ...words].join(' ');
    const program = `source ${scriptOf('fish')}; complete -C "${line}"`;
    const out = execFileSync('fish', ['--no-config', '-c', program], { cwd: folder.path, encoding: 'utf8' });
    return lines(out).map((one) => one.split('\t')[0]?.replace(/\/$/, '') ?? '');
  },
};

describe.each(Object.entries(SHELLS))('%s', (shell, complete) => {
  const about = it.skipIf(!isThere(shell));

  about('completes commands, and those inside of them', () => {
    expect(complete(['sw'])).toEqual(['sweep']);
    expect(complete(['va'])).toEqual(['validate', 'validate-model']);
    expect(complete([''])).toEqual(expect.arrayContaining(['completion', 'init', 'sweep', 'timeloop']));
    expect(complete(['timeloop', 'ma'])).toEqual(['mapper']);
    expect(complete(['data', ''])).toEqual(expect.arrayContaining(['fetch', 'info']));
  });

  about('completes the flags of the command', () => {
    expect(complete(['sweep', '--wor'])).toEqual(['--workers']);
    expect(complete(['sweep', 'my.yaml', '--re'])).toEqual(['--resume', '--retry-failed']);
    expect(complete(['data', 'fetch', '--mi'])).toEqual(['--mirror']);
    expect(complete(['describe', '--wor'])).toEqual([]);
  });

  about('completes what a flag takes: choices, ids and folders', () => {
    expect(complete(['sweep', '--executor', 'se'])).toEqual(['serial']);
    expect(complete(['simulate', '--network', 'mo'])).toEqual(['mobilenet-v2']);
    expect(complete(['simulate', '--accelerator', 'spa'])).toEqual(['sparse', 'spatial']);
    expect(complete(['init', '--strategy', 'ns'])).toEqual(['nsga2']);
    expect(complete(['sweep', '--out', 're'])).toEqual(['results']);
  });

  about('completes arguments: sweeps among the files, and networks', () => {
    expect(complete(['sweep', 'm']).map((name) => name.replace('\\', ''))).toEqual(['my other.yml', 'my.yaml']);
    expect(complete(['describe', 'mobile'])).toEqual(['mobilenet-v2']);
    expect(complete(['completion', 'z'])).toEqual(['zsh']);
  });
});

it('names shells that it does not know', async () => {
  const { status, stderr } = await archonHere(['completion', 'tcsh']);
  expect(status).toBe(2);
  expect(stderr).toContain('Allowed choices are bash, zsh, fish');
});
