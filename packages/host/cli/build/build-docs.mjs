/**
 * Puts the documents and sweeps of the repository into the package: `docs/TOPIC.md` as they are, `.txt` for terminals, `.html` for browsers,
 * `docs/topics.json` with their titles, and `sweeps/` with the schemas that editors read. Runs after the compiler.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Marked } from 'marked';
import { markdownText } from './markdown-text.mjs';

const here = dirname(import.meta.dirname);
const root = join(here, '../../..');

/** Documents beside those in `docs/` that users read, by topic. */
const OTHERS = { glossary: 'GLOSSARY.md', changelog: 'CHANGELOG.md' };
/** Documents of who changes the program, and packages whose text the guide shows. */
const INTERNAL = /^(adr|examples)\//;

const inDocs = readdirSync(join(root, 'docs'), { recursive: true })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.md') && !INTERNAL.test(path));
const sources = new Map([
  ...inDocs.sort().map((path) => [path.replace(/\.md$/, ''), `docs/${path}`]),
  ...Object.entries(OTHERS),
]);
const topicOf = new Map([...sources].map(([topic, path]) => [path, topic]));

for (const folder of ['docs', 'sweeps']) rmSync(join(here, folder), { recursive: true, force: true });
cpSync(join(root, 'sweeps'), join(here, 'sweeps'), { recursive: true });
const topics = [...sources].map(([topic, path]) => {
  const markdown = readFileSync(join(root, path), 'utf8');
  save(`${topic}.md`, markdown);
  save(`${topic}.txt`, `${markdownText(markdown, (text, href) => linkText(text, href, path))}\n`);
  const [, title = topic] = /^# (.+)$/m.exec(markdown) ?? [];
  save(`${topic}.html`, page(title, markdown, topic, path));
  return { topic, title: title.replaceAll('`', '') };
});
save('topics.json', `${JSON.stringify(topics, null, 2)}\n`);

function save(name, text) {
  mkdirSync(dirname(join(here, 'docs', name)), { recursive: true });
  writeFileSync(join(here, 'docs', name), text);
}

/** The topic that a link of a document leads to, if any; what else lies in the repository is not installed. */
function target(href, from) {
  const [path] = href.split('#');
  return path === '' ? undefined : topicOf.get(posix.join(posix.dirname(from), path));
}

function linkText(text, href, from) {
  if (/^https?:/.test(href)) return text === href ? text : `${text} <${href}>`;
  const topic = target(href, from);
  return topic === undefined ? text : `${text.replace(/\.md$/, '')} (archon docs ${topic})`;
}

function page(title, markdown, topic, path) {
  const marked = new Marked({
    walkTokens: (token) => {
      if (token.type !== 'link') return;
      const to = target(token.href, path);
      const [, fragment] = token.href.split('#');
      if (to === undefined) return;
      const name = `${posix.relative(posix.dirname(topic), to)}.html`;
      token.href = fragment === undefined ? name : `${name}#${fragment}`;
    },
    renderer: {
      heading({ tokens, depth, text }) {
        const id = text.toLowerCase().replace(/[^\w\s-]/g, '').replaceAll(' ', '-'); // prettier-ignore
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
  });
  const style =
    'body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}pre{background:#f4f5f7;padding:1rem;overflow:auto}table{border-collapse:collapse}td,th{border:1px solid #ccd;padding:.25rem .5rem;text-align:left;vertical-align:top}';
  return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${title.replaceAll('`', '')} - Archon DSE</title><style>${style}</style>\n<body>\n${marked.parse(markdown)}</body></html>\n`;
}
