import { Command, Option } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

const OUT = 'also write what scripts of Timeloop read: stats.txt, map.txt, map+stats.xml, ERT and ART';

const HALO = 'with exact semantics: instances side by side share the words their windows have in common';

/** `archon timeloop model` and `archon timeloop mapper`: Timeloop's files, evaluated and mapped. */
export function timeloopCommand(context: Context): Command {
  return new Command('timeloop')
    .description('evaluate or find the mapping of Timeloop files (YAML v0.2 to v0.4), see "archon docs timeloop"')
    .enablePositionalOptions()
    .addCommand(modelCommand(context))
    .addCommand(mapperCommand(context))
    .addHelpText(
      'after',
      examples(
        'archon timeloop model arch.yaml components/*.yaml prob.yaml map.yaml',
        'archon timeloop mapper arch.yaml components/*.yaml prob.yaml constraints.yaml mapper.yaml',
      ),
    );
}

function modelCommand(context: Context): Command {
  return new Command('model')
    .description('cycles, accesses and energy of a given mapping, as timeloop-model')
    .argument('<files...>', 'architecture, components, problem and mapping, in any order; or a map.txt as mapping')
    .option('--mapping <line>', 'the mapping as a mapper logs it: "L2[WIO] Q8 - L1[I] P4 M2X - L0[O] M4"')
    .addOption(semanticsOption())
    .option('--halo-sharing', HALO)
    .option('--timeloop-out <folder>', OUT)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon timeloop model arch.yaml components/*.yaml prob.yaml map.yaml',
        'archon timeloop model arch.yaml ERT.yaml prob.yaml output/timeloop-mapper.map.txt --json',
        'archon timeloop model arch.yaml components/*.yaml prob.yaml map.yaml --timeloop-out output',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/timeloop.js')).timeloopModel));
}

function mapperCommand(context: Context): Command {
  return new Command('mapper')
    .description('the best mapping that the constraints allow, with its proof, as timeloop-mapper')
    .argument('<files...>', 'architecture, components, problem, constraints and mapper settings, in any order')
    .addOption(
      new Option('--budget <seconds>', 'stop then, with the best mapping so far and how far it may be off').argParser(
        wholeNumber(1),
      ),
    )
    .option(
      '--workers <n>',
      'threads that share the search, at most one a core; the mapping is the same',
      wholeNumber(1),
      1,
    )
    .addOption(semanticsOption())
    .option('--halo-sharing', HALO)
    .option('--timeloop-out <folder>', OUT)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon timeloop mapper arch.yaml components/*.yaml prob.yaml constraints/*.yaml mapper.yaml',
        'archon timeloop mapper arch.yaml components/*.yaml prob.yaml constraints/*.yaml --json | jq .cycles',
        'archon timeloop mapper arch.yaml components/*.yaml prob.yaml constraints/*.yaml --workers 8 --budget 600',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/timeloop.js')).timeloopMapper));
}

function semanticsOption(): Option {
  return new Option(
    '--semantics <semantics>',
    'how accesses are counted: as Timeloop does, or what a walk of the nest touches',
  )
    .choices(['timeloop', 'exact'])
    .default('timeloop');
}
