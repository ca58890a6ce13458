import { defaultsOf } from '@archon-dse/core';
import { expect, it } from 'vitest';
import { classesOf, NETWORK_OPTIONS } from './options.js';

const defaults = defaultsOf(NETWORK_OPTIONS);

it('takes the classes of the dataset unless told', () => {
  expect(defaults).toEqual({ dataset: 'cifar10', width: 1, resolution: 32, classes: 0, batch: 1 });
  expect(classesOf(defaults)).toBe(10);
  expect(classesOf({ ...defaults, dataset: 'cifar100' })).toBe(100);
  expect(classesOf({ ...defaults, dataset: 'cifar100', classes: 7 })).toBe(7);
});
