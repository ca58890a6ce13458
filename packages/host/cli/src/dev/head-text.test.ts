import { expect, it } from 'vitest';
import { headText } from './head-text.js';

const sweep = { file: 's.yaml', flags: {} };
const simulation = { flags: { network: 'me/net', accelerator: 'dense', set: [], plugin: [], seed: 1 } };
const many = Array.from({ length: 7 }, (_, index) => `/w/me/${String(index)}.js`);

it.each([
  [sweep, [], 's.yaml'],
  [sweep, ['/w/s.yaml'], 's.yaml changed'],
  [sweep, ['/w/me/index.js'], 's.yaml: me/index.js changed'],
  [sweep, ['/w/me/index.js', '/w/s.yaml'], 's.yaml, me/index.js changed'],
  [sweep, many, 's.yaml: me/0.js, me/1.js, me/2.js, me/3.js, me/4.js and 2 more changed'],
  [{ ...sweep, file: '/w/s.yaml' }, ['/w/s.yaml'], '/w/s.yaml changed'],
  [simulation, [], 'me/net on dense'],
  [simulation, ['/w/me/index.js'], 'me/net on dense: me/index.js changed'],
] as const)('of %j after %j is %j', (target, changed, text) => {
  expect(headText(target, changed, '/w')).toBe(text);
});
