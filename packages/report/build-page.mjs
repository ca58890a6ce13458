/** Bundles the browser code of `src/page` into `dist/page-bundle.js`, a module of strings that `renderHtml` embeds. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';

const result = await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: { page: 'src/page/main.ts' },
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  legalComments: 'inline',
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

const script = textOf('.js');
const exported = {
  PAGE_SCRIPT: script,
  PAGE_SCRIPT_HASH: `sha256-${createHash('sha256').update(script).digest('base64')}`,
  PAGE_STYLE: textOf('.css'),
};
const lines = Object.entries(exported).map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`);
await mkdir(`${import.meta.dirname}/dist`, { recursive: true });
await writeFile(`${import.meta.dirname}/dist/page-bundle.js`, lines.join(''));
