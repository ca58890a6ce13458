import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exactJson } from './exact-json.js';
import { ScopeStore } from './layer-store.js';
import { compute, keep, openScope, SCOPE, tempDir, wait } from './test-fixtures.js';
import { layerUse } from './usage.js';

const segmentsIn = (dir: string): readonly string[] =>
  layerUse(dir).flatMap(({ segments }) => segments.map(({ path }) => path));

describe('ScopeStore', () => {
  it('gives values back to whoever opens the same scope, and to nobody else', () => {
    const dir = tempDir();
    const value = { cycles: 7, names: ['a', '__proto__'], deep: [[null, true, -1.5e-7]] };
    keep(dir, { 'a key': value });
    expect(openScope(dir).get('a key')).toEqual(value);
    expect(openScope(dir).get('another key')).toBeUndefined();
    expect(openScope(dir, { files: { trace: 'f11e' } }).get('a key')).toBeUndefined();
    expect(openScope(dir, { chain: 'c4a1' }).get('a key')).toBeUndefined();
  });

  it('hands values on while both are open, as they come', async () => {
    const dir = tempDir();
    const [a, b] = [openScope(dir), openScope(dir)];
    expect(b.get('late')).toBeUndefined();
    compute(a, 'late', 1);
    await setTimeout(150); // the writer waits for others
    expect(b.get('late')).toBeUndefined();
    wait(100); // the reader looks again after a while
    expect(b.get('late')).toBe(1);
    compute(b, 'later', 2);
    b.flush();
    wait(100);
    expect(a.get('later')).toBe(2);
    expect(segmentsIn(dir)).toHaveLength(2);
  });

  it('looks for values of others no oftener than that takes little of the time', () => {
    const dir = tempDir();
    let [clock, stepMs] = [0, 10];
    const reader = new ScopeStore(dir, SCOPE, () => (clock += stepMs));
    onTestFinished(() => reader.close());
    expect(reader.get('late')).toBeUndefined(); // a look from 20 to 30
    keep(dir, { late: 1 });
    stepMs = 0;
    clock = 229;
    expect(reader.get('late')).toBeUndefined();
    clock = 230; // 20 times as long as a look has taken
    expect(reader.get('late')).toBe(1);
  });

  it('leaves out what is computed quickly, and after a while does not look for such values', () => {
    const dir = tempDir();
    const store = openScope(dir);
    for (let index = 0; index < 200; index += 1) compute(store, `cheap ${String(index)}`, index, 0);
    store.close();
    expect(layerUse(dir)).toEqual([]);
    keep(dir, { slow: 1 });
    const other = openScope(dir);
    for (let index = 0; index < 200; index += 1) compute(other, `cheap ${String(index)}`, index, 0);
    expect(other.get('slow')).toBeUndefined();
    compute(other, 'slow too', 1);
    expect(other.get('slow')).toBe(1);
  });

  it('keeps nothing that JSON does not give back as it was', () => {
    const dir = tempDir();
    const odd = { zero: -0, nan: Number.NaN, gone: { member: undefined } } as never;
    keep(dir, odd);
    const store = openScope(dir);
    for (const key of Object.keys(odd)) expect(store.get(key)).toBeUndefined();
  });

  it('skips a last line that is not whole, and goes on in a file of its own', () => {
    const dir = tempDir();
    keep(dir, { a: 1 });
    const [file = ''] = segmentsIn(dir);
    appendFileSync(file, readFileSync(file).subarray(0, 60));
    keep(dir, { b: 2 });
    const store = openScope(dir);
    expect([store.get('a'), store.get('b')]).toEqual([1, 2]);
    expect(segmentsIn(dir)).toHaveLength(2);
  });

  it('gives a value that was put in or none, whatever happens to its files', () => {
    const values = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`key ${String(index)}`, [index, 'x'.repeat(index)]]),
    );
    const dir = tempDir();
    keep(dir, values);
    const [file = ''] = segmentsIn(dir);
    const whole = readFileSync(file);
    const damage = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), cut: fc.nat(40), twice: fc.boolean() });
    fc.assert(
      fc.property(damage, ({ at, byte, cut, twice }) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const left = Buffer.concat([bytes.subarray(0, at + 1), bytes.subarray(at + 1 + cut)]);
        writeFileSync(file, twice ? Buffer.concat([left, whole]) : left);
        const store = openScope(dir);
        for (const [key, value] of Object.entries(values)) expect([value, undefined]).toContainEqual(store.get(key));
      }),
      { numRuns: 200 },
    );
  });

  it('does no harm where nothing can be written', () => {
    const dir = join(tempDir(), 'file');
    writeFileSync(dir, '');
    keep(dir, { a: 1 });
    expect(openScope(dir).get('a')).toBeUndefined();
    expect(readFileSync(dir, 'utf8')).toBe('');
  });

  it('goes on when what it reads and writes is deleted meanwhile', () => {
    const dir = tempDir();
    keep(dir, { a: 1 });
    const store = openScope(dir);
    expect(store.get('a')).toBe(1);
    rmSync(join(dir, 'layers'), { recursive: true });
    compute(store, 'b', 2);
    store.close();
    expect(readdirSync(join(dir, 'layers'))).toHaveLength(1);
  });
});

it('exactJson gives back what was put in, or nothing', () => {
  fc.assert(
    fc.property(fc.anything({ values: [fc.double(), fc.string(), fc.boolean(), fc.constant(null)] }), (value) => {
      const json = exactJson(value as never);
      if (json !== undefined) expect(JSON.parse(json)).toStrictEqual(value);
    }),
  );
});
