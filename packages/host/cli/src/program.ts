import { fail } from '@archon-dse/core';
import { Command } from 'commander';
import { completionCommand } from './usage/completion.js';
import { cacheCommand } from './usage/cache.js';
import { dataCommand } from './usage/data.js';
import { describeCommand } from './usage/describe.js';
import { devCommand } from './usage/dev.js';
import { diffCommand } from './usage/diff.js';
import { docsCommand } from './usage/docs.js';
import { doctorCommand } from './usage/doctor.js';
import { evaluateCommand } from './usage/evaluate.js';
import { expandCommand } from './usage/expand.js';
import { explainCommand } from './usage/explain.js';
import { exportCommand } from './usage/export.js';
import { importCommand } from './usage/import.js';
import { importNetworkCommand } from './usage/import-network.js';
import { initCommand } from './usage/init.js';
import { pluginsCommand } from './usage/plugins.js';
import { reportCommand } from './usage/report.js';
import { reproduceCommand } from './usage/reproduce.js';
import { runCommand } from './usage/run.js';
import { runsCommand } from './usage/runs.js';
import { serveCommand } from './usage/serve.js';
import { shardCommand } from './usage/shard.js';
import { simulateCommand } from './usage/simulate.js';
import { sweepCommand } from './usage/sweep.js';
import { timeloopCommand } from './usage/timeloop.js';
import { trainCommand } from './usage/train.js';
import { verifyCommand } from './usage/verify.js';
import { watchCommand } from './usage/watch.js';
import { validateCommand } from './usage/validate.js';
import { validateModelCommand } from './usage/validate-model.js';
import type { Context } from './context.js';
import { examples, stackOption } from './options/flags.js';
import { OWN_PACKAGE } from './own-package.js';

const COMMANDS = [
  initCommand,
  sweepCommand,
  validateCommand,
  expandCommand,
  describeCommand,
  simulateCommand,
  explainCommand,
  devCommand,
  reportCommand,
  shardCommand,
  exportCommand,
  diffCommand,
  serveCommand,
  watchCommand,
  reproduceCommand,
  timeloopCommand,
  dataCommand,
  runCommand,
  trainCommand,
  importCommand,
  importNetworkCommand,
  evaluateCommand,
  verifyCommand,
  runsCommand,
  cacheCommand,
  pluginsCommand,
  validateModelCommand,
  doctorCommand,
  docsCommand,
  completionCommand,
];

/** The whole command line. Usage errors throw CommanderError instead of ending the process. */
export function buildProgram(context: Context): Command {
  const program = new Command('archon')
    .description('Design-space exploration of CNN accelerators.')
    .version(OWN_PACKAGE.version)
    .enablePositionalOptions() // "runs show --json" asks the inner command
    .addHelpText(
      'after',
      examples(
        'archon sweep node_modules/archon-dse/sweeps/quickstart.yaml',
        'archon simulate --network mobilenet-v2 --accelerator dense',
        'archon describe mobilenet-v2 --set variant=modified',
      ),
    );
  for (const command of COMMANDS) program.addCommand(command(context));
  program.hook('preAction', (_program, command) => refuseEmpty(command));
  finishCommand(program, context);
  return program;
}

/**
 * An empty argument is a variable that was not set (`--out "$DIR"`): taken as a path it would be the working directory.
 *
 * @throws ArchonError ARCHON_USAGE
 */
function refuseEmpty(command: Command): void {
  const isEmpty = (value: unknown): boolean => [value].flat().includes('');
  const argument = command.registeredArguments.find((_, index) => isEmpty(command.processedArgs[index]));
  const option = command.options.find((one) => isEmpty(command.getOptionValue(one.attributeName())));
  if (argument === undefined && option === undefined) return;
  const name = argument === undefined ? (option?.long ?? '') : `<${argument.name()}>`;
  fail({
    code: 'ARCHON_USAGE',
    message: `${name} is empty`,
    expected: 'a text; is a variable of the shell not set?',
  });
}

/** What all commands have in common: of the command and all below it. */
function finishCommand(command: Command, context: Context): void {
  command
    .addOption(stackOption())
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => context.output.result(text.trimEnd()),
      writeErr: (text) => context.output.result(text.trimEnd()), // the help of a command without a subcommand
      outputError: () => undefined, // told by runCli
    });
  for (const sub of command.commands) finishCommand(sub, context);
}
