import type { EvaluationRecord, JsonValue } from '@archon-dse/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromColumns, toColumns } from './columns.js';
import { isSame } from './same.js';
import { openStore } from './record-store.js';
import { record, tempDir, write } from './test-fixtures.js';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u2028', '\u2029', '\r', '\n', 'é\u{1f600}', '__proto__', '')); // prettier-ignore
/** Few values, so that many are equal. */
const few = fc.oneof(fc.constantFrom<JsonValue>(0, 1, 0.1, '', 'a', null, true, [], {}, ['a']), fc.double({ noNaN: true, noDefaultInfinity: true }), text); // prettier-ignore
const { value: json } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    few,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', 'of', 'at', '1', '__proto__'), text), tie('value'), { maxKeys: 4, noNullPrototype: true }), // prettier-ignore
  ),
}));
const textOf = (value: unknown): string => JSON.stringify(value);

it('columns give back any values, their members in order', () => {
  fc.assert(
    fc.property(fc.array(json, { maxLength: 12 }), (values) => {
      const valueAt = fromColumns<JsonValue>(JSON.parse(textOf(toColumns(values))));
      const order = [...values.keys()].reverse();
      expect(order.map((index) => textOf(valueAt(index)))).toEqual(order.map((index) => textOf(values[index])));
      expect(() => valueAt(values.length)).toThrow();
    }),
    { numRuns: 300 },
  );
});

it('values are the same when their texts are', () => {
  const pairs = fc.tuple(json, json).chain(([a, b]) => fc.constantFrom([a, b], [a, structuredClone(a)]));
  fc.assert(
    fc.property(pairs, ([a, b]) => isSame(a, b) === (textOf(a) === textOf(b))),
    { numRuns: 300 },
  );
});

const numbers = fc.dictionary(text, fc.double({ noNaN: true, noDefaultInfinity: true }), { maxKeys: 4, noNullPrototype: true }); // prettier-ignore
const number = fc.constantFrom(0, 1, 2.5, 1e21, 0.1);
const choice = fc.record({ use: text, options: fc.dictionary(text, json, { maxKeys: 3, noNullPrototype: true }) });
const optional = { requiredKeys: ['name', 'block', 'role', 'macs', 'cycles', 'energyPj', 'utilization', 'energyByComponentPj'] } as const; // prettier-ignore
const layer = fc.record(
  {
    ...{ name: text, block: text, role: text, macs: number, cycles: number, energyPj: number, utilization: number },
    ...{
      energyByComponentPj: numbers,
      phase: text,
      mapping: text,
      tiles: text,
      notes: fc.array(text, { maxLength: 2 }),
    },
  },
  { requiredKeys: [...optional.requiredKeys], noNullPrototype: true },
);
const ok = fc.record({
  point: fc.record({ network: choice, stages: fc.array(choice, { maxLength: 2 }), accelerator: choice, seed: number }),
  metrics: numbers,
  layers: fc.array(layer, { maxLength: 4 }),
  notCosted: fc.option(numbers, { nil: undefined }),
  refines: fc.option(text, { nil: undefined }),
});
const failed = fc.record({ error: fc.record({ code: fc.constant('ARCHON_BUG' as const), message: text, hint: text }) });

it('records come back as they were, however many and in whatever blocks', () => {
  const any = fc.oneof({ weight: 4, arbitrary: ok }, failed);
  fc.assert(
    fc.property(fc.array(any, { maxLength: 10 }), fc.nat(3), (parts, slow) => {
      const records = parts.map((part, index) => {
        const plain = record(index, 'error' in part ? 'failed' : 'ok');
        const timing = { ...plain.timing, wallMs: index % 4 === slow ? 600 : index };
        return JSON.parse(textOf({ ...plain, ...part, timing })) as EvaluationRecord;
      });
      const outDir = tempDir();
      if (records.length > 0) write(outDir, ...records);
      const store = openStore(outDir);
      expect([...store.records()]).toEqual(records);
      expect([...store.records()].map(({ layers }) => textOf(layers))).toEqual(records.map(({ layers }) => textOf(layers))); // prettier-ignore
      expect([...store.heads()]).toEqual(records.map((one) => ({ ...one, layers: undefined })));
      store.close();
    }),
    { numRuns: 60 },
  );
});
