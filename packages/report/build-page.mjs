/** Bundles the browser code of `src/page` into `dist/page-bundle.js`, a module of strings that `renderHtml` embeds. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const here = import.meta.dirname;
const result = await build({
  absWorkingDir: here,
  entryPoints: { page: 'src/page/main.ts' },
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
function textOf(extension) {
  const file = result.outputFiles.find(({ path }) => path.endsWith(extension));
  if (file === undefined) throw new Error(`esbuild wrote no ${extension} file`);
  if (/<\/(script|style)/i.test(file.text)) throw new Error(`the page's ${extension} would end its own element`);
  return file.text.trim();
}

/** Licence and notice files of every bundled library, as one comment. */
async function notices() {
  const folders = Object.keys(result.metafile.inputs).flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [],
  );
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const files = (await readdir(join(here, folder))).filter((file) => /^(licen[cs]e|notice)(\.\w+)?$/i.test(file));
    const contents = await Promise.all(files.sort().map((file) => readFile(join(here, folder, file), 'utf8')));
    return `${folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)}\n\n${contents.join('\n')}`;
  });
  return `/*!\n${(await Promise.all(texts)).join('\n\n').replaceAll('\r', '').replaceAll('*/', '* /')}\n*/`;
}

const script = `${await notices()}\n${textOf('.js')}`;
const exported = {
  PAGE_SCRIPT: script,
  PAGE_SCRIPT_HASH: `sha256-${createHash('sha256').update(script).digest('base64')}`,
  PAGE_STYLE: textOf('.css'),
};
const lines = Object.entries(exported).map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`);
await mkdir(join(here, 'dist'), { recursive: true });
await writeFile(join(here, 'dist/page-bundle.js'), lines.join(''));
