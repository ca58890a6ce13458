import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  description,
  endingOf,
  HOSTILE,
  simulation,
  sweepText,
  sweptOf,
  training,
  writeCorpus,
  type HostilePlugin,
} from './hostile/corpus.js';
import { kindOf } from './hostile/package.js';
import { diagnosticsIn, drive, expectCivil, type DrivenLines } from './hostile/run.js';
import { temporaryFolder } from './workspace.js';

/** Plugins that do every wrong thing we know of, in every place they are asked for something: no stack trace, no hang, no silent success. */

const folder = temporaryFolder();
afterAll(folder.remove);
let driven: DrivenLines;

const SIMULATED = (['network', 'accelerator', 'component'] as const).flatMap(endingOf);
const VALIDATED = ['accelerator', 'component'] as const;
const MISTAKES = HOSTILE.filter(({ isMistake }) => isMistake);
/** Each with a command that calls it. */
const CASES = [
  ...SIMULATED.map((one) => ({ ...one, args: simulation(one.plugin, one.hook) })),
  ...endingOf('network').map((one) => ({ ...one, args: description(one.plugin) })),
  ...endingOf('stage').map((one) => ({ ...one, args: training(one.plugin) })),
];

beforeAll(async () => {
  writeCorpus(folder.path);
  const write = (name: string, hostile: readonly HostilePlugin[]): void =>
    writeFileSync(join(folder.path, `${name}.yaml`), sweepText(name, hostile, '{ kind: serial }'));
  for (const kind of VALIDATED) write(kind, sweptOf(kind));
  for (const one of MISTAKES) write(one.plugin, [one]);
  const names = [...VALIDATED, ...MISTAKES.map(({ plugin }) => plugin)];
  const validations = names.map((name) => ['validate', `${name}.yaml`, '--json']);
  driven = await drive(folder.path, [...CASES.map(({ args }) => args), ...validations]);
}, 300_000);

describe('a plugin that goes wrong in a call', () => {
  it('leaves the process alone', () => {
    console.info(`hostile plugins: ${String(HOSTILE.length)} that go wrong in a call`);
    expect(new Set(HOSTILE.map(({ plugin }) => plugin)).size).toBe(HOSTILE.length);
    expect(HOSTILE.length).toBeGreaterThan(200);
    expect(driven.all.flatMap(({ bugs }) => bugs)).toEqual([]);
  });

  it.each(CASES.filter(({ isHarmless }) => isHarmless !== true))('$plugin fails $args', ({ plugin, args }) => {
    const { status, stdout } = driven.of(...args);
    expect({ status, plugin: diagnosticsIn(stdout)[0]?.plugin }).toEqual({ status: 2, plugin });
    expectCivil(stdout);
  });

  it.each(CASES.filter(({ isHarmless }) => isHarmless))('$plugin is let go by $args', ({ args }) => {
    const { status, stdout } = driven.of(...args);
    expect({ status, diagnostics: diagnosticsIn(stdout) }).toEqual({ status: 0, diagnostics: [] });
  });

  it.each(VALIDATED)('is named by validate when it breaks in a check of an %s', (kind) => {
    const { status, stdout } = driven.of('validate', `${kind}.yaml`, '--json');
    const { valid, faults } = JSON.parse(stdout) as { valid: boolean; faults: readonly { plugin: string }[] };
    expect({ status, valid }).toEqual({ status: 3, valid: true });
    const named = new Set(faults.map(({ plugin }) => plugin));
    const broken = CASES.filter(
      ({ hook, isHarmless, args }) =>
        kindOf(hook) === kind &&
        isHarmless !== true &&
        !['accelerator.supports', 'accelerator.run'].includes(hook) &&
        ['ARCHON_PLUGIN_THREW', 'ARCHON_PLUGIN_STUCK'].includes(
          diagnosticsIn(driven.of(...args).stdout)[0]?.code ?? '',
        ),
    );
    expect(broken.map(({ plugin }) => plugin).filter((plugin) => !named.has(plugin))).toEqual([]);
    expect(named.size).toBeGreaterThan(5);
    expectCivil(stdout);
  });

  it.each(MISTAKES)('$plugin is refused with the file that uses it', ({ plugin }) => {
    const { status, stdout } = driven.of('validate', `${plugin}.yaml`, '--json');
    expect({ status, refused: diagnosticsIn(stdout).map(({ frame = '' }) => frame.includes(plugin)) }).toEqual({
      ...{ status: 2, refused: [true] },
    });
  });
});
