import { API_VERSION, definePlugin, defineStage, fail, Registry } from '@archon-dse/core';
import { expect, it, vi } from 'vitest';
import { rejection } from '../test-fixtures.js';
import { checkStages } from './check-stages.js';

const asked = vi.fn();
const stage = (name: string) => ({
  ...{ name, title: 'Stage', description: 'For the test.', source: 'none' },
  options: { device: { type: 'string', default: 'cpu', description: 'Where.' } } as const,
});
const registry = new Registry([
  definePlugin({
    meta: { name: 'me', namespace: 'me', version: '1.0.0', apiVersion: API_VERSION },
    stages: [
      defineStage({
        ...stage('picky'),
        check: ({ device }) => {
          asked(device);
          if (device === 'gpu') fail({ code: 'ARCHON_BACKEND_NOT_FOUND', message: 'no gpu', expected: 'a gpu' });
        },
        apply: (state) => state,
      }),
      defineStage({ ...stage('easy'), apply: (state) => state }),
    ],
  }),
]);

it('asks each stage once for each choice of options, with its defaults', async () => {
  const picky = { use: 'me/picky', options: {} };
  await checkStages(
    [picky, { use: 'me/easy', options: {} }, picky, { use: 'me/picky', options: { device: 'npu' } }],
    registry,
  );
  expect(asked.mock.calls).toEqual([['cpu'], ['npu']]);
});

it('tells which plugin cannot run', async () => {
  const refused = checkStages([{ use: 'me/picky', options: { device: 'gpu' } }], registry);
  expect(await rejection(refused)).toMatchObject([
    { code: 'ARCHON_BACKEND_NOT_FOUND', message: 'no gpu', plugin: 'me' },
  ]);
});
