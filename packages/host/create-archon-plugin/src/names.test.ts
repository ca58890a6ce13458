import { describe, expect, it } from 'vitest';
import { namesOf } from './names.js';

describe('names', () => {
  it.each([
    ['my-plugin', {}, 'my-plugin', 'my-plugin'],
    ['deep/down/archon-plugin-systolic', {}, 'archon-plugin-systolic', 'systolic'],
    ['x', { name: '@me/archon-dse-roofline' }, '@me/archon-dse-roofline', 'roofline'],
    ['x', { name: 'archon-dse-plugin-tiny_2.nets' }, 'archon-dse-plugin-tiny_2.nets', 'tiny-2-nets'],
    ['x', { name: '2d-array' }, '2d-array', 'd-array'],
    ['x', { name: 'one', namespace: 'two' }, 'one', 'two'],
  ])('of %s and %j: %s, %s', (folder, given, packageName, namespace) => {
    expect(namesOf(folder, given)).toEqual({ packageName, namespace });
  });

  it.each([
    ['My Plugin', {}, /"My Plugin" cannot be the name of a package: name can only contain URL-friendly characters/],
    ['x', { name: '.hidden' }, /cannot start with a period/],
    ['x', { name: 'fs' }, /core module name/],
    ['node_modules', {}, /not a valid package name/],
    ['x', { name: '@me/123' }, /"" cannot be the namespace of @me\/123/],
    ['x', { namespace: 'My_Own' }, /"My_Own" cannot be the namespace/],
    ['archon', {}, /"archon" is that of the built-in plugins/],
  ])('of %s and %j are refused', (folder, given, message) => {
    expect(() => namesOf(folder, given)).toThrow(message);
  });
});
