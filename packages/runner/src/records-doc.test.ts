import { readFileSync } from 'node:fs';
import type { EvaluationRecord } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { createContext } from './evaluation-context.js';
import { expandSweep } from './expand.js';
import { recordJob } from './record-job.js';
import { faultySweep, loadFixtures, tinySweep } from './test-fixtures.js';

const doc = readFileSync(new URL('../../../docs/records.md', import.meta.url), 'utf8');
const { registry } = await loadFixtures('tiny', 'faulty');

/** Names in the first column of the tables of a section. */
function documented(section: string): readonly string[] {
  const text = doc.split(/^## /m).find((part) => part.startsWith(section)) ?? '';
  return [...text.matchAll(/^\| `([\w.]+)`/gm)].map(([, name]) => name!);
}

async function recordOf(sweep: Parameters<typeof expandSweep>[0]) {
  const [job] = expandSweep(sweep, registry).jobs;
  return (await recordJob(job!, createContext(registry), 0)).record;
}

describe('docs/records.md', () => {
  it('lists the fields of a record, both ways', async () => {
    const [ok, failed] = [await recordOf(tinySweep()), await recordOf(faultySweep('throws'))];
    const fields = Object.entries({ ...ok, ...failed }).flatMap(([name, value]) => [
      name,
      ...(['point', 'provenance', 'timing'].includes(name)
        ? Object.keys(value).map((inner) => `${name}.${inner}`)
        : []),
    ]);
    // No stage of the fixtures trains; test/accuracy-sweep.test.ts has some that do.
    const always = documented('The line').filter((name) => name !== 'budgets');
    expect(always.sort()).toEqual([...new Set(fields)].sort());
  });

  it('lists the metrics of the engine and the fields of a layer', async () => {
    const { metrics, layers } = await recordOf(tinySweep());
    expect([...documented('`metrics`')].sort()).toEqual(Object.keys(metrics).sort());
    const always = documented('`layers[]`').filter((name) => !['phase', 'mapping', 'tiles'].includes(name));
    expect(always.sort()).toEqual(Object.keys(layers[0]!).sort());
  });

  it('shows a record as the engine makes it', async () => {
    const example = JSON.parse(/```json\n([^`]*)```/.exec(doc)?.[1] ?? '') as EvaluationRecord;
    const record = await recordOf(tinySweep());
    // The id and the engine change with each release, the timing with each run.
    const { pointId, timing, provenance } = example;
    expect({ ...record, pointId, timing, provenance: { ...record.provenance, engine: provenance.engine } }).toEqual(
      example,
    );
  });
});
