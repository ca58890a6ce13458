/**
 * Bundles what needs libraries that nobody has to install: the browser code of each page in `src/page` into `dist/pages/PAGE.js`, a module of
 * strings that its renderer embeds, and what draws without a browser into `dist/drawing`. Each bundle holds the licences of its libraries.
 */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const PAGES = ['sweep', 'paper', 'live'];
const here = import.meta.dirname;
const common = { absWorkingDir: here, bundle: true, minify: true, write: false, metafile: true, outdir: 'dist' };
const pages = await build({
  ...common,
  entryPoints: Object.fromEntries(PAGES.map((page) => [page, `src/page/${page}/main.tsx`])),
  format: 'iife',
  platform: 'browser',
  target: ['chrome123', 'firefox120', 'safari17.5'],
  tsconfig: 'src/page/tsconfig.json',
});
const drawing = await build({
  ...common,
  entryPoints: { 'drawing/draw-svg': 'src/drawing/draw-svg.ts' },
  format: 'esm',
  platform: 'neutral', // no layer below the command line needs Node
  mainFields: ['module', 'main'],
  target: 'es2022',
});

function textOf(result, name) {
  const file = result.outputFiles.find(({ path }) => basename(path) === name);
  if (file === undefined) throw new Error(`esbuild wrote no ${name}`);
  return file.text.trim();
}

/** HTML reads `</script` and `</style` as the end of the element wherever they stand. */
function embeddable(text) {
  if (/<\/(script|style)/i.test(text)) throw new Error('a page would end its own element');
  return text;
}

/** Licence and notice files of every library in a bundle, as one comment. */
async function notices(result, name) {
  const output = Object.entries(result.metafile.outputs).find(([path]) => basename(path) === name)?.[1];
  const folders = Object.keys(output?.inputs ?? {}).flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [],
  );
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const files = (await readdir(join(here, folder))).filter((file) => /^(licen[cs]e|notice)(\.\w+)?$/i.test(file));
    if (files.length === 0) throw new Error(`${folder} has no licence`);
    const contents = await Promise.all(files.sort().map((file) => readFile(join(here, folder, file), 'utf8')));
    return `${folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)}\n\n${contents.join('\n')}`;
  });
  return `/*!\n${(await Promise.all(texts)).join('\n\n').replaceAll('\r', '').replaceAll('*/', '* /')}\n*/`;
}

/** As a content security policy names a text. */
function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

async function save(path, text) {
  await mkdir(dirname(join(here, path)), { recursive: true });
  await writeFile(join(here, path), text);
}

for (const page of PAGES) {
  const script = embeddable(`${await notices(pages, `${page}.js`)}\n${textOf(pages, `${page}.js`)}`);
  const style = embeddable(textOf(pages, `${page}.css`));
  const exported = { SCRIPT: script, SCRIPT_HASH: hashOf(script), STYLE: style, STYLE_HASH: hashOf(style) };
  const lines = Object.entries(exported).map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`);
  await save(`dist/pages/${page}.js`, lines.join(''));
}
const drawSvg = 'draw-svg.js';
await save(`dist/drawing/${drawSvg}`, `${await notices(drawing, drawSvg)}\n${textOf(drawing, drawSvg)}\n`);
