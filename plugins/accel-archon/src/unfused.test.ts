import type { Options } from '@archon-dse/core';
import { SAMPLE_WORKLOADS } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import { archon } from './archon.js';
import { bottleneck, diagnosticOf, phaseOf, run, withoutFacts } from './test-fixtures.js';

describe('what is not fused', () => {
  it('runs layer by layer, and says why', () => {
    const [expand, depthwise, project] = bottleneck({}, 'b2').map((layer) => withoutFacts(layer));
    const stem = SAMPLE_WORKLOADS[0]!;
    const { layers } = run([stem, ...bottleneck({}, 'b0'), ...bottleneck(), expand!, depthwise!, project!]);
    const outside = layers.filter(({ phase }) => phase === 'layerwise');
    expect(outside.map(({ name, macs }) => [name, macs])).toEqual(
      [stem, ...bottleneck({}, 'b0'), ...bottleneck({}, 'b2')].map(({ name, macs }) => [name, macs]),
    );
    expect(outside.map(({ notes }) => notes?.at(-1)?.replace('layer by layer: ', ''))).toEqual([
      'not part of a bottleneck that can be fused',
      ...Array(3).fill('block b0 is listed under unfused'),
      ...Array(3).fill(
        'its block is not a bottleneck of "same" padding with nothing but BatchNorm, ReLU and shuffles between its layers',
      ),
    ]);
    const [plain] = outside.slice(1);
    expect(plain).toMatchObject({ cycles: (8 * 16 * 64) / 64, utilization: 1 });
  });

  it.each([
    ['its expanding and projecting layers are not 1x1', { R: 3, S: 3 }, 0],
    ['its planes, kernel or strides are not square', { Q: 4 }, 1],
  ])('%s', (reason, change, index) => {
    const odd = bottleneck({}, 'b2').map((layer, i) =>
      i === index ? { ...layer, problem: { ...layer.problem, ...change } } : layer,
    );
    const { layers } = run([...bottleneck(), ...odd]);
    expect(layers.at(-1)?.notes?.at(-1)).toContain(reason);
  });

  it.each<[string, { M?: number; dilationR?: number; dilationS?: number }]>([
    ['its kernels are dilated', { dilationR: 2, dilationS: 2 }],
    ['its depthwise layer has several filters a channel', { M: 2 }],
  ])('%s', (reason, change) => {
    const odd = bottleneck({}, 'b2').map((layer) => {
      const { problem, macs, op } = layer;
      return withoutFacts(
        op === 'depthwise' ? { ...layer, problem: { ...problem, ...change }, macs: macs * (change.M ?? 1) } : layer,
      );
    });
    const { layers } = run([...bottleneck(), ...odd]);
    expect(layers.slice(-3).map(({ notes }) => notes?.at(-1))).toEqual(Array(3).fill(`layer by layer: ${reason}`));
  });

  it('is refused in batches, and where dilation spreads a window over more than the buffer of inputs', () => {
    const [first] = bottleneck();
    const supports = (problem: object) =>
      archon.create({}).supports({ ...first, problem: { ...first.problem, ...problem } });
    expect(supports({ N: 2 })).toEqual({ ok: false, reason: 'it computes one image at a time, not a batch of 2' });
    expect(supports({ R: 3, S: 3, dilationR: 2 })).toEqual({ ok: true });
    expect(supports({ R: 3, S: 3, dilationR: 4, dilationS: 4 })).toMatchObject({
      reason: expect.stringMatching(/^a 3x3 window takes 81 words and psumSpadWords/) as string,
    });
  });

  it('is refused where there is nothing else', () => {
    expect(diagnosticOf(() => run(bottleneck({}, 'b0')))).toMatchObject({
      code: 'ARCHON_WORKLOAD_UNSUPPORTED',
      message: 'ARCHON finds no block to fuse in this network (b0: block b0 is listed under unfused)',
    });
    expect(diagnosticOf(() => run(SAMPLE_WORKLOADS.slice(0, 1))).message).toBe(
      'ARCHON finds no block to fuse in this network',
    );
  });
});

describe('5x5 kernels', () => {
  const layers = bottleneck({ kernel: 5 });
  const supports = (options: Options) => layers.map((layer) => archon.create(options).supports(layer));

  it('are refused by the published input scratchpad, with the option that makes room', () => {
    expect(supports({}).map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(supports({})[1]).toEqual({
      ok: false,
      reason:
        'a 5x5 window takes 25 words and ifmapSpadWords, which keeps the inputs of the fused convolution, is 12; ' +
        'set it to 25 or more, or list b1 under unfused',
    });
  });

  it('run with 25 words, or layer by layer', () => {
    expect(supports({ ifmapSpadWords: 25 }).every(({ ok }) => ok)).toBe(true);
    expect(phaseOf(run(layers, { ifmapSpadWords: 25 }), 'main').cycles).toBe(8 * 8 * 25);
    expect(supports({ unfused: ['b1'] }).every(({ ok }) => ok)).toBe(true);
    expect(run([...layers, ...bottleneck({}, 'b2')], { unfused: ['b1'] }).layers).toHaveLength(3 + 4);
  });

  it('need room in the buffers of the predictions too', () => {
    const [, depthwise] = supports({ ifmapSpadWords: 25, psumSpadWords: 24 });
    expect(depthwise).toMatchObject({ ok: false, reason: expect.stringContaining('psumSpadWords') });
    const [, weights] = supports({ ifmapSpadWords: 25, predictionBufferWords: 16 });
    expect(weights).toMatchObject({ ok: false, reason: expect.stringContaining('predictionBufferWords') });
  });
});
