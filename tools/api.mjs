/**
 * The API of each published package, as `api.txt` beside its manifest: every exported name with its types, so that a change shows in review.
 * `node tools/api.mjs` writes them; `--check` only says whether they are up to date. Needs a build.
 */
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';
import { publishedPackages } from './packages.mjs';
import { root } from './workspace.mjs';

const OPTIONS = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  types: [],
  skipLibCheck: true,
  noEmit: true,
};
const printer = ts.createPrinter({ removeComments: true });

/**
 * @param packages - `{ folder, manifest }` of each, the folder absolute
 * @returns the text of each package, in their order; undefined where a package exports no types
 */
export function apiTexts(packages) {
  const entries = packages.map(({ folder, manifest }) => typeEntries(realpathSync(folder), manifest));
  const program = ts.createProgram(
    entries.flatMap((each) => each.map(({ file }) => file)),
    OPTIONS,
  );
  return entries.map((each, index) =>
    each.length === 0 ? undefined : packageText(each, program, realpathSync(packages[index].folder)),
  );
}

/** What of `exports` has types: the name that importers write, and the file. */
function typeEntries(folder, { name, exports = {} }) {
  return Object.entries(exports)
    .filter(([, target]) => target.types !== undefined)
    .map(([path, { types }]) => ({ name: join(name, path).replaceAll('\\', '/'), file: join(folder, types) }));
}

function packageText(entries, program, folder) {
  const checker = program.getTypeChecker();
  const isOwn = (node) => node.getSourceFile().fileName.startsWith(`${folder.replaceAll(sep, '/')}/`);
  const exported = new Map(entries.map(({ name, file }) => [name, exportsOf(file, program, checker)]));
  const known = new Set([...exported.values()].flatMap((each) => [...each.values()]));
  const hidden = new Map();
  const queue = [...known].flatMap(declarationsOf).filter(isOwn);
  for (const node of queue) {
    for (const symbol of symbolsIn(node, checker)) {
      const found = declarationsOf(symbol).filter((each) => isOwn(each) && isTopLevel(each));
      if (known.has(symbol) || found.length === 0) continue;
      known.add(symbol);
      hidden.set(symbol.name, symbol);
      queue.push(...found);
    }
  }
  const sections = [...exported].map(([name, symbols]) => [`# ${name}`, ...lines(symbols, isOwn)]);
  if (hidden.size > 0) sections.push(['# not exported, but part of these types', ...lines(hidden, isOwn)]);
  return `${sections.map((section) => section.join('\n\n')).join('\n\n')}\n`;
}

/** What an entry exports, by name; an alias is what it stands for. */
function exportsOf(file, program, checker) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
  return new Map(symbols.map((symbol) => [symbol.name, target(symbol, checker)]));
}

function target(symbol, checker) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Statements in alphabetical order; of another package, where it comes from. */
function lines(symbols, isOwn) {
  return [...symbols]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, symbol]) => {
      const declarations = declarationsOf(symbol);
      const [first] = declarations;
      if (first === undefined || !isOwn(first)) return `export { ${name} }; // of another package`;
      const text = declarations.map((node) => printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()));
      return name === symbol.name ? text.join('\n') : `// as ${name}\n${text.join('\n')}`;
    });
}

/** Whole statements: of a constant with its keyword, each once. */
function declarationsOf({ declarations = [] }) {
  return [...new Set(declarations.map((node) => (ts.isVariableDeclaration(node) ? node.parent.parent : node)))];
}

function isTopLevel(node) {
  return ts.isSourceFile(node.parent);
}

/** Everything that a declaration names. */
function symbolsIn(node, checker) {
  const found = [];
  const visit = (child) => {
    const symbol = ts.isIdentifier(child) ? checker.getSymbolAtLocation(child) : undefined;
    if (symbol !== undefined) found.push(target(symbol, checker));
    ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const packages = publishedPackages(root).map(({ folder, manifest }) => ({ folder: join(root, folder), manifest }));
  for (const [index, text] of apiTexts(packages).entries()) {
    const file = join(packages[index].folder, 'api.txt');
    if (text === undefined || (existsSync(file) && readFileSync(file, 'utf8') === text)) continue;
    if (process.argv.includes('--check')) {
      console.error(`${file} is out of date: run node tools/api.mjs`);
      process.exitCode = 1;
    } else writeFileSync(file, text);
  }
}
