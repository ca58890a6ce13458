import { manifestOf, pluginText, type PluginFiles } from './package.js';

/** A plugin that cannot be loaded. */
export interface BadPlugin extends PluginFiles {
  readonly code: string;
  /** It goes wrong only when it is imported for the first time in a process. */
  readonly isOnce?: true;
}

const threw = (name: string, entry: string, others?: Readonly<Record<string, string>>): BadPlugin => ({
  ...{ name, code: 'ARCHON_PLUGIN_THREW', entry },
  ...(others === undefined ? {} : { others }),
});
const shape = (name: string, extra: string, code = 'ARCHON_PLUGIN_SHAPE'): BadPlugin => ({
  ...{ name, code, entry: pluginText(name, 'none', '', extra) },
});
/** With another default export. */
const exporting = (name: string, value: string): BadPlugin => ({
  ...{ name, code: 'ARCHON_PLUGIN_SHAPE', entry: `const plugin = ${value};\nexport default plugin;` },
});
/** With another schema of an option of its network. */
const option = (name: string, schema: string): BadPlugin =>
  shape(name, `plugin.networks[0].meta.options = { bad: ${schema} };`);
const described = (members: string): string => `{ type: 'string', description: 'D', default: '', ${members} }`;
const manifest = (name: string, text: string, code = 'ARCHON_PLUGIN_MANIFEST'): BadPlugin => ({
  ...{ name, code, manifest: text, entry: pluginText(name) },
});

export const BAD_PLUGINS: readonly BadPlugin[] = [
  // what it does while it is imported
  threw('import-exits', `process.exit(0);`),
  {
    ...threw('import-exits-quietly', `try { process.exit(0); } catch {}\n${pluginText('import-exits-quietly')}`),
    isOnce: true,
  },
  threw('import-really-exits', `process.reallyExit(0);`),
  threw('import-leaves', `process.chdir('/');`),
  threw('import-aborts', `process.abort();`),
  threw('import-kills', `process.kill(process.pid, 'SIGTERM');`),
  threw('import-kills-group', `process.kill(0, 'SIGTERM');`),
  threw('import-throws', `throw new Error('cannot start');`),
  threw('import-throws-bad-to-string', `throw { toString() { throw 1; } };`),
  threw('import-throws-null-prototype', `throw Object.create(null);`),
  threw('import-throws-undefined', `throw undefined;`),
  threw('import-throws-proxy', `throw new Proxy(new Error('x'), { get() { throw 1; } });`),
  threw(
    'import-throws-fake',
    `throw Object.assign(new Error('f'), { name: 'ArchonError', diagnostics: [{ code: 'X' }] });`,
  ),
  { ...threw('import-rejects', `Promise.reject(new Error('lost'));\n${pluginText('import-rejects')}`), isOnce: true },
  threw('import-recurses', `(function again() { again(); again(); })();`),
  threw('import-syntax', `const a = 1;\nconst b == 2;`),
  threw('import-syntax-inside', `export { default } from './inside.js';`, {
    'inside.js': `export default {\n  oops oops`,
  }),
  threw('import-missing-name', `import { nothing } from './inside.js';`, { 'inside.js': `export const other = 1;` }),
  threw('import-missing-package', `import 'a-package-that-is-not-installed';`),
  threw('import-missing-file', `import './not-there.js';`),
  { ...threw('import-never-ends', `await new Promise(() => undefined);`), code: 'ARCHON_PLUGIN_STUCK' },
  {
    ...threw('import-never-ends-inside', `import './inside.js';`, {
      'inside.js': `await new Promise(() => undefined);`,
    }),
    code: 'ARCHON_PLUGIN_STUCK',
  },
  // what it exports
  { ...exporting('export-nothing', `1`), entry: `export const other = 1;` },
  exporting('export-null', `null`),
  exporting('export-function', `() => 1`),
  exporting('export-list', `[]`),
  exporting('export-promise', `Promise.resolve({})`),
  { ...exporting('export-bad-getter', `{ get meta() { throw 1; } }`), code: 'ARCHON_PLUGIN_THREW' },
  exporting('export-then', `{ then(resolve) { resolve(process.exit(0)); } }`),
  { ...exporting('export-name-then', `1`), entry: `export function then(resolve) { resolve(5); }` },
  {
    ...exporting('export-name-then-stuck', `1`),
    ...{ code: 'ARCHON_PLUGIN_STUCK', entry: `export function then() {}` },
  },
  {
    ...exporting(
      'export-proxy',
      `new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } })`,
    ),
    code: 'ARCHON_PLUGIN_THREW',
  },
  { ...exporting('export-exits', `{ get meta() { process.exit(0); } }`), code: 'ARCHON_PLUGIN_THREW' },
  shape('list-proxy', `plugin.networks = new Proxy([], { get() { throw 1; } });`, 'ARCHON_PLUGIN_THREW'),
  shape('list-without-end', `plugin.networks = new Array(2 ** 32 - 1);`),
  shape('list-number', `plugin.networks = 5;`),
  shape('member-unknown', `plugin.extras = { get bad() { throw 1; } };`),
  shape('meta-bigint', `plugin.meta.version = 1n;`),
  shape('meta-cycle', `plugin.networks[0].meta.self = plugin.networks[0].meta;`),
  shape(
    'meta-deep',
    `let deep = {}; for (let i = 0; i < 1e5; i += 1) deep = { deep }; plugin.networks[0].meta.deep = deep;`,
  ),
  shape('meta-function', `plugin.networks[0].meta.title = () => 'T';`),
  shape(
    'meta-getter',
    `Object.defineProperty(plugin.networks[0].meta, 'title', { enumerable: true, get() { throw 1; } });`,
  ),
  shape('meta-huge', `plugin.networks[0].meta.description = 'x'.repeat(2 ** 28);`),
  shape('meta-other-name', `plugin.meta.name = 'innocent';`),
  shape('call-missing', `delete plugin.accelerators[0].create;`),
  shape('call-text', `plugin.accelerators[0].create = 'yes';`),
  // what its options are
  option('option-null', `null`),
  option('option-function', `() => 1`),
  option('option-default-function', `{ type: 'string', description: 'D', default: () => 1 }`),
  option('option-default-getter', `{ type: 'string', description: 'D', get default() { throw 1; } }`),
  option(
    'option-default-cycle',
    `(() => { const d = { type: 'object', description: 'D' }; d.default = d; return d; })()`,
  ),
  option('option-type-symbol', `{ type: Symbol('string'), description: 'D', default: '' }`),
  option('option-reference', described(`$ref: '#'`)),
  option('option-reference-inside', described(`anyOf: [{ not: { $ref: '#' } }]`)),
  option('option-id', described(`$id: 'http://example.com/a'`)),
  option('option-async', described(`$async: true`)),
  option('option-pattern-broken', described(`pattern: '('`)),
  option('option-pattern-lookaround', described(`pattern: '^(?=(a+)+$)'`)),
  option('option-no-schema', described(`allOf: 5`)),
  // what its manifest is
  manifest('manifest-empty', ''),
  manifest('manifest-no-json', '{ name: '),
  manifest('manifest-list', '[]'),
  manifest('manifest-huge', ' '.repeat(2 ** 21)),
  manifest('manifest-no-plugin', JSON.stringify({ name: 'manifest-no-plugin', version: '1.0.0' })),
  manifest('manifest-null', manifestOf('manifest-null', { archonDse: null })),
  manifest('manifest-api-text', manifestOf('manifest-api-text', {}, { apiVersion: '1' })),
  manifest('manifest-api-fraction', manifestOf('manifest-api-fraction', {}, { apiVersion: 1.5 })),
  manifest(
    'manifest-api-infinite',
    manifestOf('manifest-api-infinite', {}, { apiVersion: 9 }).replace(':9,', ':1e999,'),
  ),
  manifest('manifest-api-other', manifestOf('manifest-api-other', {}, { apiVersion: -1 }), 'ARCHON_PLUGIN_API_VERSION'),
  manifest('manifest-entry-outside', manifestOf('manifest-entry-outside', {}, { entry: '../innocent/index.js' })),
  manifest('manifest-entry-folder', manifestOf('manifest-entry-folder', {}, { entry: '.' })),
  manifest('manifest-entry-null', manifestOf('manifest-entry-null', {}, { entry: '\0' })),
  manifest('manifest-provides-text', manifestOf('manifest-provides-text', {}, { provides: 'network:net' })),
  manifest('manifest-more', manifestOf('manifest-more', {}, { more: true })),
  manifest('manifest-name', manifestOf('manifest-name', { name: 'evil\u001b[2J\nname' })),
  manifest('manifest-version', manifestOf('manifest-version', { version: '' })),
  manifest('manifest-provides-less', manifestOf('manifest-provides-less', {}, { provides: [] }), 'ARCHON_PLUGIN_SHAPE'),
];
