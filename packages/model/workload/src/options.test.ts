import type { Options } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { readChoice, readNetworkOptions } from './options.js';

const defaults: Options = { dataset: 'cifar10', width: 1, resolution: 32, classes: 0 };

describe('readNetworkOptions', () => {
  it('takes the classes of the dataset unless told', () => {
    expect(readNetworkOptions(defaults)).toEqual({ dataset: 'cifar10', width: 1, resolution: 32, classes: 10 });
    expect(readNetworkOptions({ ...defaults, dataset: 'cifar100' }).classes).toBe(100);
    expect(readNetworkOptions({ ...defaults, dataset: 'cifar100', classes: 7 }).classes).toBe(7);
  });

  it.each<[Options, RegExp]>([
    [{ ...defaults, dataset: 'imagenet' }, /"dataset" is "imagenet"/],
    [{ ...defaults, width: 0 }, /"width" is 0/],
    [{ ...defaults, width: '1' }, /"width" is "1"/],
    [{ ...defaults, resolution: 32.5 }, /"resolution" is 32.5/],
    [{ ...defaults, classes: -1 }, /"classes" is -1/],
    [{ dataset: 'cifar10', width: 1, resolution: 32 }, /"classes" is missing/],
  ])('refuses %j', (options, message) => {
    expect(() => readNetworkOptions(options)).toThrow(message);
  });
});

describe('readChoice', () => {
  it('gives the word or names the words there are', () => {
    expect(readChoice({ variant: 'b' }, 'variant', ['a', 'b'])).toBe('b');
    expect(() => readChoice({ variant: 'c' }, 'variant', ['a', 'b'])).toThrow(/"variant" is "c"/);
  });
});
