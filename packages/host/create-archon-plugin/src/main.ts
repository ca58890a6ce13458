import { readFileSync } from 'node:fs';
import { KINDS, kindsText } from './kinds.js';
import { namesOf } from './names.js';
import { Refusal } from './refusal.js';
import { pluginFiles } from './template.js';
import { HELP, readWishes, type Wishes } from './usage.js';
import { writeFolder } from './write-folder.js';

/** As `archon` ends after a mistake in its input. */
const MISTAKE = 2;

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

try {
  const args = process.argv.slice(2);
  const wishes = readWishes(args);
  if (wishes.help === true) console.log(HELP);
  else if (wishes.version === true) console.log(version);
  else create(args.length === 0 ? await asked() : wishes);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`create-archon-plugin: ${error.message}\n  expected ${error.expected}`);
  process.exitCode = MISTAKE;
}

async function asked(): Promise<Wishes | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return {};
  const { ask } = await import('./ask.js'); // what asks is not needed otherwise
  return ask();
}

/** @throws Refusal */
function create(wishes: Wishes | undefined): void {
  if (wishes === undefined) return;
  const { folder, kinds = KINDS } = wishes;
  if (folder === undefined) throw new Refusal('no folder is given', 'one, as in: npm create archon-plugin my-plugin');
  const names = namesOf(folder, wishes);
  writeFolder(folder, pluginFiles({ ...names, kinds, version }));
  console.log(`Wrote ${names.packageName}, a plugin with ${kindsText(kinds)}. Next:

  cd ${folder}
  npm install
  npm test
  npm run dev

README.md there tells the rest.`);
}
