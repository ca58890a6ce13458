import { bashScript } from '../completion/bash.js';
import { completedCommand, type CompletedCommand } from '../completion/command-tree.js';
import { fishScript } from '../completion/fish.js';
import { zshScript } from '../completion/zsh.js';
import type { Context } from '../context.js';
import { loadNamed } from '../host.js';
import { buildProgram } from '../program.js';

const SCRIPTS: Readonly<Record<string, (program: CompletedCommand) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** `archon completion SHELL`: a script made of the same tables as `--help`, with the ids of the built-in plugins. */
export async function completion(context: Context, shell: string): Promise<void> {
  const { registry } = await loadNamed(context, []);
  const namesOf = (kind: 'network' | 'accelerator' | 'strategy'): readonly string[] =>
    registry.list(kind).map(({ contribution }) => contribution.meta.name);
  const ids = { network: namesOf('network'), accelerator: namesOf('accelerator'), strategy: namesOf('strategy') };
  const script = SCRIPTS[shell]?.(completedCommand(buildProgram(context), ids)) ?? '';
  context.output.result(script.trimEnd());
}
