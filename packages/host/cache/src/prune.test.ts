import { existsSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepWithin } from './layer-stores.js';
import { planPrune, prune } from './prune.js';
import { differences } from './scope.js';
import { keep, openScope, SCOPE, tempDir } from './test-fixtures.js';
import { countValues, layerUse } from './usage.js';

/** Three scopes, used one after the other, a day apart; the last with two segments. */
function threeScopes(): string {
  const dir = tempDir();
  const text = 'x'.repeat(1000);
  for (const name of ['a', 'b', 'c']) keep(dir, { [name]: text }, { chain: name });
  keep(dir, { more: text }, { chain: 'c' });
  for (const { path, segments, scope } of layerUse(dir)) {
    const day = 24 * 3600 * (1 + ['a', 'b', 'c'].indexOf(scope?.chain ?? ''));
    for (const [index, segment] of segments.entries()) utimesSync(segment.path, day + index, day + index);
    utimesSync(join(path, 'scope.json'), day, day);
  }
  return dir;
}

const chains = (dir: string) => layerUse(dir).map(({ scope }) => scope?.chain);

describe('what is kept', () => {
  it('is deleted where it can be, whatever else cannot', () => {
    const dir = threeScopes();
    const [first, ...others] = layerUse(dir);
    const refused = { path: `${first?.path ?? ''}\0` };
    expect(() => prune([refused, ...others])).toThrow('null bytes');
    expect(chains(dir)).toEqual(['a']);
  });

  it('stays within its bytes beside files that others have put there', () => {
    const dir = threeScopes();
    const stray = join(dir, 'layers', '.DS_Store');
    writeFileSync(stray, '');
    for (const { path } of layerUse(dir)) symlinkSync('loop.seg', join(path, 'loop.seg'));
    expect(chains(dir)).toEqual(['a', 'b', 'c']);
    keepWithin({ dir, maxBytes: layerUse(dir).at(-1)?.bytes ?? 0 });
    expect([chains(dir), existsSync(stray)]).toEqual([['c'], true]);
  });

  it('is listed by last use, with what it depends on and how much it is', () => {
    const uses = layerUse(threeScopes());
    expect(uses.map(({ scope }) => scope?.chain)).toEqual(['a', 'b', 'c']);
    expect(uses.map(countValues)).toEqual([1, 1, 2]);
    expect(uses[0]).toMatchObject({ scope: { ...SCOPE, chain: 'a' }, usedMs: 24 * 3600 * 1000 });
    expect(uses[0]?.bytes).toBeGreaterThan(1000);
  });

  it('is deleted by last use until it is small enough, and by segments at last', () => {
    const dir = threeScopes();
    const bytes = layerUse(dir).map((use) => use.bytes);
    const total = bytes.reduce((sum, one) => sum + one, 0);
    expect(planPrune(dir, { maxBytes: total })).toEqual([]);
    expect(planPrune(dir, { maxBytes: total - 1 }).map(({ of }) => of.scope?.chain)).toEqual(['a']);
    const plan = planPrune(dir, { maxBytes: 1500 });
    expect(plan.map(({ of, path }) => [of.scope?.chain, path.endsWith('.seg')])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ]);
    expect(chains(dir)).toEqual(['a', 'b', 'c']);
    prune(plan);
    expect(chains(dir)).toEqual(['c']);
    expect(layerUse(dir)[0]?.bytes).toBeLessThanOrEqual(1500);
    keepWithin({ dir, maxBytes: 0 });
    expect(layerUse(dir)[0]?.bytes).toBe(0);
  });

  it('is deleted where it was not used for long', () => {
    const dir = threeScopes();
    prune(planPrune(dir, { usedBeforeMs: 2.5 * 24 * 3600 * 1000 }));
    expect(chains(dir)).toEqual(['c']);
    expect(openScope(dir, { chain: 'c' }).get('more')).toBe('x'.repeat(1000));
  });
});

it('says in words what two scopes differ in', () => {
  expect(differences(SCOPE, SCOPE)).toEqual([]);
  const other = { ...SCOPE, plugin: { ...SCOPE.plugin, code: 'other' }, files: { trace: 'a' } };
  expect(differences(SCOPE, other)).toEqual([
    'the code of plugin "me" or of what it depends on',
    'what option trace names',
  ]);
});
