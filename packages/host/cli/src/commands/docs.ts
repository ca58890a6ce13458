import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { didYouMean, fail } from '@archon-dse/core';
import { readText } from '@archon-dse/core/files';
import type { Context } from '../context.js';
import { formatTable } from '../terminal/table.js';

interface Flags {
  readonly open?: boolean;
  readonly json?: boolean;
}

interface Topic {
  readonly topic: string;
  readonly title: string;
}

const FOLDER = new URL('../../docs/', import.meta.url);

/** `archon docs [TOPIC]`: which documents there are, or one of them. */
export async function showDocs(context: Context, name: string | undefined, flags: Flags): Promise<void> {
  const topics = JSON.parse(await read('topics.json')) as readonly Topic[];
  if (name === undefined && !flags.open) {
    if (flags.json) context.output.json({ topics });
    else
      context.output.result(
        formatTable(
          ['topic', 'title'],
          topics.map(({ topic, title }) => [topic, title]),
        ),
      );
    return;
  }
  const code = /^ARCHON_\w+$/.exec(name ?? '')?.[0];
  const found = topicOf(code === undefined ? (name ?? 'cli') : 'errors', topics);
  const path = pathOf(`${found.topic}.html`);
  if (flags.open) await open(code === undefined ? path : `${path}#${code.toLowerCase()}`);
  const markdown = await read(`${found.topic}.md`);
  if (flags.json) context.output.json({ ...found, path, markdown });
  else if (flags.open) context.output.result(path);
  else {
    const text = await read(`${found.topic}.txt`);
    context.output.result((code === undefined ? text : section(text, code)).trimEnd());
  }
}

function topicOf(name: string, topics: readonly Topic[]): Topic {
  const found = topics.find(({ topic }) => topic === name.replace(/\.md$/, ''));
  if (found !== undefined) return found;
  const names = topics.map(({ topic }) => topic);
  const hint = didYouMean(name, names);
  return fail({
    code: 'ARCHON_USAGE',
    message: `there is no document "${name}"`,
    expected: `one of: ${names.join(', ')}`,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** What the document of errors says about one of them. */
function section(text: string, code: string): string {
  const lines = text.split('\n');
  const isTitle = (index: number): boolean => /^-+$/.test(lines[index + 1] ?? '');
  const start = lines.indexOf(code);
  if (start < 0) {
    return fail({
      code: 'ARCHON_USAGE',
      message: `there is no error ${code}`,
      expected: 'a code of archon docs errors',
    });
  }
  const end = lines.findIndex((_, index) => index > start && isTitle(index));
  return lines.slice(start, end < 0 ? undefined : end).join('\n');
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, FOLDER));
}

function read(name: string): Promise<string> {
  return readText(pathOf(name), 'a document of this package');
}

/** What opens a file in the program that the user has for it, by platform. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
};

async function open(path: string): Promise<void> {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(command, [...args, path], { detached: true, stdio: 'ignore' });
      child.once('error', reject).once('spawn', () => {
        child.unref();
        resolve();
      });
    });
  } catch {
    fail({
      code: 'ARCHON_USAGE',
      message: `"${command}" could not be started to open ${path}`,
      expected: 'a machine with a desktop; without --open the document is printed',
    });
  }
}
