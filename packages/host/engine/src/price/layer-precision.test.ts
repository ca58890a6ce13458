import type { LayerRecord, Workload } from '@archon-dse/core';
import { expect, it } from 'vitest';
import { withPrecisions } from './layer-precision.js';

const layer = (name: string, phase?: string) => ({ name, ...(phase === undefined ? {} : { phase }) }) as LayerRecord;
const workload = (name: string, precision?: Workload['precision']) => ({ name, precision }) as Workload;

it('states the formats of a layer in each of its phases, and nothing where there are none', () => {
  const layers = [layer('a', 'predict'), layer('a', 'main'), layer('b')];
  const precision = { weights: 'int8', inputs: 'int4' } as const;
  expect(withPrecisions(layers, [workload('a', precision), workload('b')])).toEqual([
    { ...layers[0], precision },
    { ...layers[1], precision },
    layers[2],
  ]);
  expect(withPrecisions(layers, [workload('a'), workload('b')])).toBe(layers);
});
