import { join } from 'node:path';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { outputTo } from '../packages/host/cli/dist/terminal/output.js';
import { runCli } from '../packages/host/cli/dist/run-cli.js';
import { root, type CliResult } from './workspace.js';

/** Runs `archon` in this process and in a folder, which is faster by far than {@link archon}; for commands that end by themselves. */
export async function archonHere(args: readonly string[], cwd = root): Promise<CliResult> {
  let [stdout, stderr, status] = ['', '', 0];
  const output = outputTo({
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    errorIsTerminal: false,
    color: false,
  });
  const before = process.cwd();
  process.chdir(cwd);
  try {
    await runCli(args, {
      output,
      cwd,
      host: { plugins: BUILTIN_PLUGINS, directories: [join(root, 'packages/host/cli')] },
      setExitCode: (code) => void (status = code),
    });
  } finally {
    process.chdir(before);
  }
  return { status, stdout, stderr };
}
