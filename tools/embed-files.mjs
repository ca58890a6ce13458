/**
 * Puts files into the documentation: after each `<!-- file: PATH -->` comes a code block with the file's text.
 * `node tools/embed-files.mjs` rewrites the documents; `--check` only says whether they are up to date.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { root } from './workspace.mjs';

const MARK = /(<!-- file: (\S+) -->\n)(?:\n(`{3,})[^\n]*\n[\s\S]*?\n\3\n)?/g;

/**
 * The document with every embedded file brought up to date.
 *
 * @param newText - a file's text where it is about to be written, by its path
 */
export function embed(text, newText = () => undefined) {
  return text.replace(MARK, (_, mark, path) => {
    const body = (newText(path) ?? readFileSync(join(root, path), 'utf8')).trimEnd();
    return `${mark}\n\`\`\`${extname(path).slice(1)}\n${body}\n\`\`\`\n`;
  });
}

const documents = readdirSync(join(root, 'docs'), { recursive: true }).filter(
  (name) => name.endsWith('.md') && !/(^|[\\/])(node_modules|dist)[\\/]/.test(name),
);

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const name of documents) {
    const path = join(root, 'docs', name);
    const before = readFileSync(path, 'utf8');
    const after = embed(before);
    if (before === after) continue;
    if (process.argv.includes('--check')) {
      console.error(`docs/${name} is out of date: run node tools/embed-files.mjs`);
      process.exitCode = 1;
    } else writeFileSync(path, after);
  }
}
