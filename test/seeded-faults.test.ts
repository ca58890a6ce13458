import { Registry, type ArchonError, type Network, type Plugin, type Point } from '@archon-dse/core';
import { anyPlatform, createContext, evaluatePoint } from '@archon-dse/engine';
import { priceComponents } from '@archon-dse/pricing';
import { describeAcceleratorContract, sampleState } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import { ACCELERATOR_FAULTS } from './seeded/accelerator-faults.js';
import { failedChecks } from './seeded/collect.js';
import { lanesOf } from './seeded/lanes.js';

const NETWORK: Plugin = {
  meta: { name: 'net', namespace: 'net', version: '1.0.0', apiVersion: 2 },
  networks: [
    {
      meta: { name: 'sample', title: 'Sample', description: 'Grouped bottleneck.', source: 'made up', options: {} },
      build: (): Network => sampleState('net/sample').network,
    },
  ],
};
const POINT: Point = {
  network: { use: 'net/sample', options: {} },
  stages: [],
  accelerator: { use: 'seeded/lanes', options: { lanes: 8 } },
  seed: 1,
};
const platform = anyPlatform({ program: 'test@1.0.0', sha256: (text) => text.length.toString(16).padStart(64, '0') });

/** What the engine says of one run of the defaults; nothing where it lets it pass. */
async function refusalOf(plugin: Plugin): Promise<string> {
  try {
    await evaluatePoint(POINT, createContext(new Registry([NETWORK, plugin]), platform));
    return '';
  } catch (error) {
    return (error as ArchonError).diagnostics[0]?.message ?? String(error);
  }
}

const checksOf = (plugin: Plugin): Promise<readonly string[]> =>
  failedChecks((api) => describeAcceleratorContract(plugin, api, { price: priceComponents, wordBits: 16 }));

const FIGURES = 'gives priced figures that fit the layers, the hardware and each other';
const TWICE = 'gives the same result twice, from an input it does not write to';

/** Where each fault is caught: by the engine on every run, in words of its refusal, and by a check of the suite. */
const CAUGHT: Readonly<Record<string, readonly [engine: string, suite: string]>> = {
  'cycles a tenth of MACs / multipliers': ['cycles for', FIGURES],
  'multiplier actions a tenth of the MACs': ['its actions stand for', FIGURES],
  'more multipliers, more cycles': ['', 'is no slower with more instances of its components'],
  'a negative count': ['count is -1', FIGURES],
  'cycles that are no number': ['is NaN', FIGURES],
  'cycles that are a fraction': ['.5', FIGURES],
  'no DRAM traffic': ['', 'moves weights, inputs and outputs from and to the memory outside the chip'],
  'groups ignored': ['', 'executes every MAC once'],
  'network cycles half the sum of its layers': ['the network takes', 'takes as many cycles as its layers together'],
  'network cycles above the sum of its layers': ['the network takes', FIGURES],
  randomness: ['', TWICE],
  'a memo by the name of the layer, across options': [
    '',
    'remembers nothing of other options, in its cache or elsewhere',
  ],
  'a cache key without the options': ['', 'remembers nothing of other options, in its cache or elsewhere'],
  'the area of one instance': ['cycles for', FIGURES],
  'an utilization that contradicts the cycles': ['its utilization is 0.5', FIGURES],
  'an input that is written to': ['failed while running the network', TWICE],
  'a layer left out': ['was not run', FIGURES],
  'a layer too many': ['is no layer of the network', FIGURES],
};

describe('seeded faults of accelerators', () => {
  it('are none in the accelerator they are seeded in', async () => {
    expect(await refusalOf(lanesOf())).toBe('');
    expect(await checksOf(lanesOf())).toEqual([]);
  });

  it('are all listed', () => {
    expect(Object.keys(CAUGHT)).toEqual(Object.keys(ACCELERATOR_FAULTS));
  });

  it.each(Object.entries(ACCELERATOR_FAULTS))('%s', async (name, fault) => {
    const [refusal = '', check = ''] = CAUGHT[name] ?? [];
    const said = await refusalOf(lanesOf(fault()));
    if (refusal === '') expect(said).toBe('');
    else expect(said).toContain(refusal);
    expect(await checksOf(lanesOf(fault()))).toContain(check);
  });
});
