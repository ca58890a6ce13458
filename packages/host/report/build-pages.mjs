/** Bundles the browser code of each page in `src/page` into `dist/pages/PAGE.js`, a module of strings that its renderer embeds. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const PAGES = ['sweep', 'paper'];
const here = import.meta.dirname;
const result = await build({
  absWorkingDir: here,
  entryPoints: Object.fromEntries(PAGES.map((page) => [page, `src/page/${page}/main.tsx`])),
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: 'iife',
  platform: 'browser',
  target: ['chrome123', 'firefox120', 'safari17.5'],
  outdir: 'dist',
  tsconfig: 'src/page/tsconfig.json',
});

/** HTML reads `</script` and `</style` as the end of the element wherever they stand. */
function textOf(name) {
  const file = result.outputFiles.find(({ path }) => basename(path) === name);
  if (file === undefined) throw new Error(`esbuild wrote no ${name}`);
  if (/<\/(script|style)/i.test(file.text)) throw new Error(`${name} would end its own element`);
  return file.text.trim();
}

/** Licence and notice files of every library in a page, as one comment. */
async function notices(page) {
  const output = Object.entries(result.metafile.outputs).find(([path]) => basename(path) === `${page}.js`)?.[1];
  const folders = Object.keys(output?.inputs ?? {}).flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [],
  );
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const files = (await readdir(join(here, folder))).filter((file) => /^(licen[cs]e|notice)(\.\w+)?$/i.test(file));
    const contents = await Promise.all(files.sort().map((file) => readFile(join(here, folder, file), 'utf8')));
    return `${folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)}\n\n${contents.join('\n')}`;
  });
  return `/*!\n${(await Promise.all(texts)).join('\n\n').replaceAll('\r', '').replaceAll('*/', '* /')}\n*/`;
}

await mkdir(join(here, 'dist/pages'), { recursive: true });
for (const page of PAGES) {
  const script = `${await notices(page)}\n${textOf(`${page}.js`)}`;
  const exported = {
    SCRIPT: script,
    SCRIPT_HASH: `sha256-${createHash('sha256').update(script).digest('base64')}`,
    STYLE: textOf(`${page}.css`),
  };
  const lines = Object.entries(exported).map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`);
  await writeFile(join(here, `dist/pages/${page}.js`), lines.join(''));
}
