import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { dataCommand } from './commands/data.js';
import { describeCommand } from './commands/describe.js';
import { doctorCommand } from './commands/doctor.js';
import { evaluateCommand } from './commands/evaluate.js';
import { expandCommand } from './commands/expand.js';
import { importCommand } from './commands/import.js';
import { pluginsCommand } from './commands/plugins.js';
import { reportCommand } from './commands/report.js';
import { reproduceCommand } from './commands/reproduce.js';
import { runCommand } from './commands/run.js';
import { runsCommand } from './commands/runs.js';
import { simulateCommand } from './commands/simulate.js';
import { sweepCommand } from './commands/sweep.js';
import { trainCommand } from './commands/train.js';
import { validateCommand } from './commands/validate.js';
import { validateModelCommand } from './commands/validate-model.js';
import type { Context } from './context.js';
import { examples } from './flags.js';

const COMMANDS = [
  sweepCommand,
  validateCommand,
  expandCommand,
  describeCommand,
  simulateCommand,
  reportCommand,
  reproduceCommand,
  dataCommand,
  runCommand,
  trainCommand,
  importCommand,
  evaluateCommand,
  runsCommand,
  pluginsCommand,
  validateModelCommand,
  doctorCommand,
];

/** The whole command line. Usage errors throw CommanderError instead of ending the process. */
export function buildProgram(context: Context): Command {
  const program = new Command('archon')
    .description('Design-space exploration of CNN accelerators.')
    .version(VERSION)
    .enablePositionalOptions() // "runs show --json" asks the inner command
    .addHelpText(
      'after',
      examples(
        'archon sweep sweeps/quickstart.yaml',
        'archon simulate --network mobilenet-v2 --accelerator dense',
        'archon describe mobilenet-v2 --set variant=modified',
      ),
    );
  for (const command of COMMANDS) program.addCommand(command(context));
  silence(program, context);
  return program;
}

const VERSION = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
  .version;

/** Of the command and all below it. */
function silence(command: Command, context: Context): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => context.output.result(text.trimEnd()),
      writeErr: () => undefined,
      outputError: () => undefined,
    });
  for (const sub of command.commands) silence(sub, context);
}
