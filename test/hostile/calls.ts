import { HARDWARE } from './hardware.js';
import type { Hook } from './package.js';
import { RESULTS } from './results.js';
import { SEARCHES } from './searches.js';

/** What a plugin does in a call it is asked for a result in. */
export interface Misbehaviour {
  readonly name: string;
  readonly body: string;
  /** Calls it is tried in; all of them unless given. */
  readonly hooks?: readonly Hook[];
  /** The result is as sound as it was. */
  readonly isHarmless?: true;
  /** It says in good order that it cannot be, as one with bad options does: a sweep with it is refused. */
  readonly isMistake?: true;
  /** Only a thread of its own can be saved from it, with a limit of time. */
  readonly needsLimit?: true;
}

const RETURNING: readonly Hook[] = [
  'network.build',
  'stage.apply',
  'accelerator.create',
  'accelerator.components',
  'accelerator.supports',
  'accelerator.run',
  'component.price',
];
const FAKE = `Object.assign(new Error('fake'), { name: 'ArchonError', diagnostics`;

export const MISBEHAVIOURS: readonly Misbehaviour[] = [
  { name: 'throws-error', body: `throw new TypeError('out of luck');` },
  { name: 'throws-bad-to-string', body: `throw { toString() { throw 1; } };` },
  { name: 'throws-null-prototype', body: `throw Object.create(null);` },
  {
    name: 'throws-undefined',
    body: `throw undefined;`,
    hooks: ['network.build', 'stage.check', 'accelerator.run', 'accelerator.check', 'component.price'],
  },
  {
    name: 'throws-symbol',
    body: `throw Symbol('s');`,
    hooks: ['network.build', 'accelerator.run', 'accelerator.supports'],
  },
  {
    name: 'throws-proxy',
    body: `throw new Proxy(new Error('x'), { get() { throw 1; }, getPrototypeOf() { throw 2; } });`,
  },
  {
    name: 'throws-bad-members',
    body: `const error = new Error();
      for (const key of ['name', 'message', 'stack']) Object.defineProperty(error, key, { get() { throw 1; } });
      throw error;`,
  },
  {
    name: 'throws-exiting-members',
    body: `const error = new Error();
      for (const key of ['name', 'message', 'stack', 'diagnostics', 'code']) Object.defineProperty(error, key, { get() { process.exit(0); } });
      throw error;`,
  },
  {
    name: 'throws-exiting-prototype',
    body: `throw Object.setPrototypeOf(new Error(), new Proxy({}, { get() { process.exit(0); }, getPrototypeOf() { process.exit(0); } }));`,
  },
  {
    name: 'throws-long',
    body: `throw new Error('x'.repeat(2 ** 24));`,
    hooks: ['network.build', 'accelerator.run', 'stage.apply'],
  },
  { name: 'throws-fake-code', body: `throw ${FAKE}: [{ code: 'NOPE', message: 'm' }] });` },
  {
    name: 'throws-fake-members',
    body: `throw ${FAKE}: [{ code: 'ARCHON_BAD_OPTION', get message() { throw 1; } }] });`,
    hooks: ['network.build', 'stage.check', 'accelerator.check', 'accelerator.run'],
  },
  {
    name: 'throws-fake-blame',
    body: `throw ${FAKE}: [{ code: 'ARCHON_BAD_OPTION', message: 'm', plugin: 'innocent', path: 5, frame: {} }] });`,
    hooks: ['network.build', 'stage.check', 'accelerator.check', 'accelerator.run'],
  },
  {
    name: 'throws-fake-empty',
    body: `throw ${FAKE}: [] });`,
    hooks: ['network.build', 'accelerator.run', 'component.price'],
  },
  { name: 'exits', body: `process.exit(0);` },
  { name: 'exits-quietly', body: `try { process.exit(0); } catch {}` },
  {
    name: 'aborts',
    body: `process.abort();`,
    hooks: ['network.build', 'stage.check', 'accelerator.run', 'accelerator.check', 'component.price', 'strategy.ask'],
  },
  {
    name: 'kills',
    body: `process.kill(process.pid, 'SIGKILL');`,
    hooks: ['network.build', 'stage.check', 'accelerator.run', 'accelerator.check', 'component.price', 'strategy.ask'],
  },
  { name: 'rejects', body: `Promise.reject(new Error('lost'));` },
  {
    name: 'recurses',
    body: `(function again() { again(); again(); })();`,
    hooks: ['network.build', 'accelerator.run', 'accelerator.supports'],
  },
  {
    name: 'changes-what-it-gets',
    body: `const change = (o) => { for (const v of Object.values(o)) if (v && typeof v === 'object') change(v); o.mine = 1; };
      given.forEach(change);`,
    hooks: [
      'network.build',
      'stage.check',
      'stage.apply',
      'accelerator.create',
      'accelerator.check',
      'accelerator.supports',
      'accelerator.run',
      'component.price',
    ],
  },
  { name: 'returns-nothing', body: `return { value: undefined };`, hooks: RETURNING },
  { name: 'returns-function', body: `return { value: () => 1 };`, hooks: RETURNING },
  { name: 'returns-number', body: `return { value: 7 };`, hooks: RETURNING },
  {
    name: 'returns-getter',
    body: `return { value: { get layers() { throw 1; }, get ok() { throw 1; } } };`,
    hooks: RETURNING,
  },
  {
    name: 'returns-proxy',
    body: `return { value: new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } }) };`,
    hooks: RETURNING,
  },
  {
    name: 'returns-cycle',
    body: `const value = { ok: 1, cycles: 1 }; value.layers = [value]; value.network = value; return { value };`,
    hooks: RETURNING,
  },
  {
    name: 'returns-then-later',
    body: `let reads = 0;
      return { value: { get then() { reads += 1; if (reads > 1) throw 1; return undefined; }, ok: 1, cycles: 1, layers: [] } };`,
    hooks: RETURNING,
  },
  { name: 'returns-then', body: `return { value: { then() { throw new Error('no promise'); } } };`, hooks: RETURNING },
  {
    name: 'never-settles',
    body: `return { value: new Promise(() => undefined) };`,
    hooks: [...RETURNING, 'stage.check', 'accelerator.check'],
  },
  {
    name: 'returns-gigabyte',
    body: `const text = 'x'.repeat(2 ** 28);
      return { value: { id: text, name: text, ok: false, reason: text, notes: [text, text, text, text], layers: [text, text, text, text] } };`,
    hooks: ['network.build', 'stage.apply', 'accelerator.components', 'accelerator.run', 'component.price'],
  },
  { name: 'never-ends', body: `for (;;);`, hooks: ['accelerator.run', 'accelerator.supports'], needsLimit: true },
  {
    name: 'creates-getters',
    body: `return { value: { get components() { throw 1; }, get supports() { throw 2; }, get run() { throw 3; } } };`,
    hooks: ['accelerator.create'],
  },
  {
    name: 'creates-halves',
    body: `return { value: { components: () => [], supports: () => ({ ok: true }), run: 'fast' } };`,
    hooks: ['accelerator.create'],
  },
  {
    name: 'creates-bad-check',
    body: `return { value: { components: () => [], supports: () => ({ ok: true }), run: () => ({}), check: 'yes' } };`,
    hooks: ['accelerator.create'],
  },
  { name: 'prints', body: `console.log('{'); process.stdout.write('{'); console.error('{');`, isHarmless: true },
  ...HARDWARE,
  ...RESULTS,
  ...SEARCHES,
];
