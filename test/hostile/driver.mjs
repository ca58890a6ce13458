/** Runs many command lines in one process, as `archon` would, and prints what each came to: a JSON list in, a JSON list out. */
import { readFileSync } from 'node:fs';
import { outputTo } from '../../packages/host/cli/dist/terminal/output.js';
import { processContext } from '../../packages/host/cli/dist/process-context.js';
import { runCli } from '../../packages/host/cli/dist/run-cli.js';

const real = processContext();
let now;

async function run(args) {
  const outcome = { args, status: 0, stdout: '', stderr: '', late: [], bugs: [] };
  now = outcome;
  const output = outputTo({
    out: (text) => (outcome.stdout += text),
    err: (text) => (outcome.stderr += text),
    errorIsTerminal: false,
    color: false,
  });
  const guard = { onLate: ({ message }) => now.late.push(message), onBug: (error) => now.bugs.push(String(error)) };
  const setExitCode = (code) => (outcome.status = code === 0 ? outcome.status : code);
  process.stderr.write(`> ${args.join(' ')}\n`);
  await runCli(args, { output, host: { ...real.host, guard }, cwd: process.cwd(), setExitCode });
  return outcome;
}

const outcomes = [];
for (const args of JSON.parse(readFileSync(0, 'utf8'))) outcomes.push(await run(args));
real.output.json(outcomes);
real.finish();
