import {
  API_VERSION,
  defineNetwork,
  defineStage,
  Registry,
  type ArchonError,
  type Plugin,
  type StageState,
} from '@archon-dse/core';
import { anyPlatform, createContext, evaluatePoint } from '@archon-dse/engine';
import { describeNetworkContract, describeStageContract, sampleState } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import { failedChecks } from './seeded/collect.js';
import { lanesOf } from './seeded/lanes.js';
import { NETWORK_FAULTS, soundNetwork } from './seeded/network-faults.js';
import { soundStage, STAGE_FAULTS } from './seeded/stage-faults.js';

const texts = { description: 'Small.', source: 'made up for tests' };
const meta = { name: 'small', namespace: 'small', version: '1.0.0', apiVersion: API_VERSION };
const BEFORE: StageState = { ...sampleState('seeded/net'), metrics: { accuracy: 0.9 }, artifacts: { weights: 'a' } };

/** A network and two stages: one that measures, and one that faults are seeded in. */
function pluginOf({ build = soundNetwork, apply = soundStage }): Plugin {
  const options = { width: { type: 'integer', description: 'Not looked at.', default: 1 } } as const;
  const measure = (state: StageState): StageState => ({
    ...state,
    metrics: BEFORE.metrics,
    artifacts: BEFORE.artifacts,
  });
  const metrics = { accuracy: { description: 'Share.', direction: 'maximize', minimum: 0, maximum: 1 } } as const;
  return {
    meta: { ...meta, namespace: 'seeded' },
    networks: [defineNetwork({ name: 'net', title: 'Net', ...texts, options, build })],
    stages: [
      defineStage({ name: 'halve', title: 'Halve', ...texts, options: {}, metrics, apply }),
      defineStage({ name: 'measure', title: 'Measure', ...texts, options: {}, metrics, apply: measure }),
    ],
  };
}

const platform = anyPlatform({ program: 'test@1.0.0', sha256: (text) => text.length.toString(16).padStart(64, '0') });

/** What the engine says of one run; nothing where it lets it pass. */
async function refusalOf(plugin: Plugin): Promise<string> {
  const accelerators = lanesOf();
  const registry = new Registry([plugin, { ...accelerators, meta: { ...meta, namespace: 'lanes' } }]);
  const use = (name: string, options = {}) => ({ use: name, options });
  const point = {
    network: use('seeded/net', { width: 1 }),
    stages: [use('seeded/measure'), use('seeded/halve')],
    accelerator: use('lanes/lanes', { lanes: 8 }),
    seed: 1,
  };
  try {
    await evaluatePoint(point, createContext(registry, platform));
    return '';
  } catch (error) {
    return (error as ArchonError).diagnostics[0]?.message ?? String(error);
  }
}

type Caught = Readonly<Record<string, readonly [engine: string, suite: string]>>;

const BUILT_TWICE = 'builds the same network twice from options it does not write to';
const APPLIED_TWICE = 'gives the same state twice for one seed, from a state and options it does not write to';
const KEEPS = 'keeps the metrics, artifacts and budgets of the stages before it';

/** Where each fault is caught: by the engine on every run, in words of its refusal, and by a check of the suite. */
const CAUGHT_IN_NETWORKS: Caught = {
  'the id of another network': ['has the id "seeded/other"', 'carries its public id'],
  randomness: ['', BUILT_TWICE],
  'options that are written to': ['failed while building the network', BUILT_TWICE],
  'a layer that nothing reads': ['', 'reads every layer, the last excepted'],
  'no classes': ['', 'has shapes throughout and ends in one score a class'],
};

const CAUGHT_IN_STAGES: Caught = {
  'a state that is written to': ['failed while applying the stage', APPLIED_TWICE],
  'metrics dropped': ['', KEEPS],
  'artifacts dropped': ['', KEEPS],
  'a density above 1': ['the density of the weights', 'gives densities from 0 to 1 to layers of the network'],
  'a format of no layer': ['a precision is given for "ghost"', 'gives formats that fit the layers of the network'],
  'a mask that contradicts the density': ['', 'gives masks of the densities it gives'],
  'an accuracy above 1': ['', 'measures within the range of each metric'],
  randomness: ['', APPLIED_TWICE],
};

const networkChecks = (plugin: Plugin) => failedChecks((api) => describeNetworkContract(plugin, api));
const stageChecks = (plugin: Plugin) => failedChecks((api) => describeStageContract(plugin, api, BEFORE));

function expectCaught(said: string, checks: readonly string[], name: string, caught: Caught): void {
  const [refusal = '', check = ''] = caught[name] ?? [];
  if (refusal === '') expect(said).toBe('');
  else expect(said).toContain(refusal);
  expect(checks).toContain(check);
}

it('no faults are in what they are seeded in, and all are listed', async () => {
  expect(await refusalOf(pluginOf({}))).toBe('');
  expect(await networkChecks(pluginOf({}))).toEqual([]);
  expect(await stageChecks(pluginOf({}))).toEqual([]);
  expect(Object.keys(CAUGHT_IN_NETWORKS)).toEqual(Object.keys(NETWORK_FAULTS));
  expect(Object.keys(CAUGHT_IN_STAGES)).toEqual(Object.keys(STAGE_FAULTS));
});

describe('seeded faults of networks', () => {
  it.each(Object.entries(NETWORK_FAULTS))('%s', async (name, fault) => {
    const said = await refusalOf(pluginOf({ build: fault() }));
    expectCaught(said, await networkChecks(pluginOf({ build: fault() })), name, CAUGHT_IN_NETWORKS);
  });
});

describe('seeded faults of stages', () => {
  it.each(Object.entries(STAGE_FAULTS))('%s', async (name, fault) => {
    const said = await refusalOf(pluginOf({ apply: fault() }));
    expectCaught(said, await stageChecks(pluginOf({ apply: fault() })), name, CAUGHT_IN_STAGES);
  });
});
