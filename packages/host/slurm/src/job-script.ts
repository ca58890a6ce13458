/** Whatever ends a task has to be in its log. */
const TELL = `trap 'status=$?; echo "setup: $BASH_COMMAND: exit code $status" >&2' ERR`;

/**
 * The script that every task runs: what the sweep sets up, then the shard of the task's number in place of the shell, so that signals
 * reach it.
 *
 * @param command - what evaluates a shard, given its file as last argument
 * @param folder - absolute path of the folder of the shards
 */
export function jobScript(command: readonly string[], folder: string, setup: readonly string[] = []): string {
  const file = `${quoted(`${folder}/`)}"$SLURM_ARRAY_TASK_ID".json`;
  return ['#!/bin/bash', 'set -e', TELL, ...setup, `exec ${command.map(quoted).join(' ')} ${file}`, ''].join('\n');
}

/** A word that the shell takes as it is. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
