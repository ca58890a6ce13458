import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Point } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { describe, expect, it } from 'vitest';
import { evaluatePoint } from './evaluate-point.js';
import { jobOf } from './identity/identities.js';
import { recordPoint, type TimelessRecord } from './record-point.js';
import { basis, faultyPoint, newContext, rejection, tempDir, tinyPoint, withStage } from './test-fixtures.js';

const stem = 4 * 4 * 3 * 3 * 2 * 4;
const point = 4 * 4 * 4 * 3;
const { ert, art } = priceComponents([{ name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: 2 }]);
const macPj = ert['mac']!['compute']!.value;

async function recordsOf(...points: readonly Point[]): Promise<readonly TimelessRecord[]> {
  const context = newContext();
  const records: TimelessRecord[] = [];
  for (const point of points) records.push((await recordPoint(jobOf(point, basis), context)).record);
  return records;
}

describe('evaluatePoint', () => {
  it('adds up a network small enough to count by hand', async () => {
    const { metrics, layers, prices } = await evaluatePoint(tinyPoint, newContext());
    expect(layers.map(({ name, macs, cycles }) => ({ name, macs, cycles }))).toEqual([
      { name: 'stem', macs: stem, cycles: stem / 2 },
      { name: 'point', macs: point, cycles: point / 2 },
    ]);
    expect(layers[0]?.energyByComponentPj).toEqual({ mac: stem * macPj, 'mac/Weights': stem * macPj });
    const energyPj = stem * macPj + point * macPj;
    const cycles = (stem + point) / 2;
    expect(metrics).toEqual({
      cycles,
      energyPj,
      areaUm2: 2 * art['mac']!.value,
      edpPjCycles: energyPj * cycles,
      macs: stem + point,
      parameters: 3 * 3 * 2 * 4 + 4 * 3,
      utilization: 1,
    });
    expect(prices['mac']).toContain(ert['mac']!['compute']!.source);
  });

  it('applies stages: densities reach the accelerator, measured figures the metrics', async () => {
    const thin = { use: 'fixture/thin', options: { density: 0.5, log: '' } };
    const { metrics } = await evaluatePoint({ ...tinyPoint, stages: [thin] }, newContext());
    expect(metrics['energyPj']).toBeCloseTo(((stem + point) * macPj) / 2, 6);
    expect(metrics['accuracy']).toBeGreaterThan(0.6);
  });

  it('hands masks of stages to the accelerator', async () => {
    const mask = { use: 'fixture/mask', options: { inputs: 4 } };
    const { metrics } = await evaluatePoint({ ...tinyPoint, stages: [mask] }, newContext());
    expect(metrics['energyPj']).toBeCloseTo((stem + point / 4) * macPj, 6);
  });

  it('weights the mean utilization by cycles', async () => {
    // 5 multipliers: 1152/5 -> 231 cycles, 192/5 -> 39; MACs over cycles x multipliers.
    const options = { macs: 5, delayMs: 0 };
    const five = { ...tinyPoint, accelerator: { use: 'fixture/mac', options } };
    const { metrics } = await evaluatePoint(five, newContext());
    expect(metrics['utilization']).toBeCloseTo((stem + point) / ((231 + 39) * 5), 12);
  });

  it('applies the stages of a chain once for all its accelerators', async () => {
    const log = join(tempDir(), 'calls');
    const thin = withStage('fixture/thin', { density: 0.5, log });
    const records = await recordsOf(
      ...[1, 2, 3].map((macs) => ({ ...thin, accelerator: { use: 'fixture/mac', options: { macs, delayMs: 0 } } })),
    );
    expect(records.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('gives the same result with a warm cache as with a cold one', async () => {
    const context = newContext();
    const cold = await evaluatePoint(tinyPoint, context);
    expect(await evaluatePoint(tinyPoint, context)).toEqual(cold);
  });
});

describe('options that make no sense for the network', () => {
  it('are refused before the run, with the plugin', async () => {
    const point = { ...tinyPoint, accelerator: { use: 'fixture/mac', options: { macs: 5000, delayMs: 0 } } };
    const [diagnostic] = await rejection(evaluatePoint(point, newContext()));
    expect(diagnostic).toMatchObject({
      code: 'ARCHON_BAD_OPTION',
      path: 'options.macs',
      plugin: 'archon-fixture-tiny',
      message: 'option macs is 5000, more than any layer has',
    });
  });
});

describe('a point that fails', () => {
  it.each([
    [
      'throws',
      'ARCHON_PLUGIN_THREW',
      undefined,
      /failed while running the network: TypeError: out of luck \(index\.js:\d+\)/,
    ],
    ['refuses', 'ARCHON_WORKLOAD_UNSUPPORTED', 'stem', /"stem": no conv today\n.*"point": no conv today/],
    ['support-missing', 'ARCHON_PLUGIN_THREW', 'stem', /failed while asking what it supports: TypeError/],
    ['changes-options', 'ARCHON_PLUGIN_THREW', undefined, /TypeError: Cannot assign to read only property 'fault'/],
    ['cycles-nan', 'ARCHON_RESULT_INVALID', 'stem', /layer "stem": cycles is NaN\nlayer "point": cycles is NaN/],
    ['cycles-negative', 'ARCHON_RESULT_INVALID', 'stem', /layer "stem": cycles is -1\n/],
    ['cycles-fraction', 'ARCHON_RESULT_INVALID', 'stem', /cycles is 1\.5/],
    ['count-negative', 'ARCHON_RESULT_INVALID', 'stem', /action "compute" of component "mac": count is -1/],
    ['count-nan', 'ARCHON_RESULT_INVALID', 'stem', /action "compute" of component "mac": count is NaN/],
    ['count-infinite', 'ARCHON_RESULT_INVALID', 'stem', /action "compute" of component "mac": count is Infinity/],
    ['utilization-high', 'ARCHON_RESULT_INVALID', 'stem', /utilization is 1\.01/],
    ['action-unpriced', 'ARCHON_RESULT_INVALID', 'stem', /action "juggle" of component "mac" has no price/],
    ['component-unknown', 'ARCHON_RESULT_INVALID', 'stem', /action "compute" of component "ghost" has no price/],
    ['note-function', 'ARCHON_RESULT_INVALID', 'stem', /notes\[0\] is a function/],
  ])('by "%s" is recorded as %s', async (fault, code, layer, message) => {
    const [record] = await recordsOf(faultyPoint(fault));
    expect(record).toMatchObject({ status: 'failed', metrics: {}, layers: [] });
    expect(record?.error).toMatchObject({
      code,
      plugin: 'archon-fixture-faulty',
      message: expect.stringMatching(message),
    });
    expect(record?.error?.layer).toBe(layer);
  });

  it('names the network that could not be built', async () => {
    const [record] = await recordsOf({ ...tinyPoint, network: { use: 'faulty/broken', options: {} } });
    expect(record?.error).toMatchObject({
      code: 'ARCHON_PLUGIN_THREW',
      message: expect.stringContaining(
        'faulty/broken of plugin "archon-fixture-faulty" failed while building the network',
      ),
    });
  });

  it.each([
    [{ metric: 'cycles', finite: true }, 'metric "cycles" is also reported by a stage'],
    [{ metric: 'accuracy', finite: false }, 'metric "accuracy" of faulty/shadow is NaN'],
  ])('because a stage reports %j says so', async (options, message) => {
    const [record] = await recordsOf(withStage('faulty/shadow', options));
    expect(record?.error).toMatchObject({ code: 'ARCHON_RESULT_INVALID', message });
  });

  it('because a stage reports a metric it does not declare says so', async () => {
    const [record] = await recordsOf(withStage('faulty/braggart', { metric: 'fame' }));
    expect(record?.error).toMatchObject({
      code: 'ARCHON_RESULT_INVALID',
      plugin: 'archon-fixture-faulty',
      message: 'faulty/braggart reports the metric "fame", which it does not declare',
      expected: 'one of those under its meta.metrics: glory',
    });
    const [fine] = await recordsOf(withStage('faulty/braggart', { metric: 'glory' }));
    expect(fine).toMatchObject({ status: 'ok', metrics: { glory: 1 } });
  });

  it('because a stage gives a mask of another shape says so', async () => {
    const mask = { use: 'fixture/mask', options: { inputs: 5 } };
    const diagnostics = await rejection(evaluatePoint({ ...tinyPoint, stages: [mask] }, newContext()));
    expect(diagnostics[0]).toMatchObject({
      code: 'ARCHON_NETWORK_INVALID',
      layer: 'point',
      path: 'masks["point"].shape',
      message: 'after fixture/mask: the mask of layer "point" is 3 x 5 x 1 x 1',
    });
  });

  it('keeps what an ArchonError of the engine says and adds the plugin', async () => {
    const diagnostics = await rejection(
      evaluatePoint({ ...tinyPoint, network: { use: 'fixture/tiny', options: { width: 0 } } }, newContext()),
    );
    expect(diagnostics[0]).toMatchObject({ code: 'ARCHON_NETWORK_INVALID', plugin: 'archon-fixture-tiny' });
  });
});
