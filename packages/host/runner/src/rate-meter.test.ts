import { describe, expect, it } from 'vitest';
import { RateMeter } from './rate-meter.js';

describe('RateMeter', () => {
  it('knows no rate before the count has grown', () => {
    const meter = new RateMeter();
    expect(meter.at(0, 5)).toBeUndefined();
    expect(meter.at(1000, 5)).toBeUndefined();
    expect(meter.at(2000, 9)).toBe(2);
  });

  it('forgets what is longer ago than half a minute', () => {
    const meter = new RateMeter();
    meter.at(0, 0);
    for (let second = 1; second <= 10; second++) meter.at(1000 * second, 100 * second);
    for (let second = 11; second <= 60; second++) meter.at(1000 * second, 1000 + (second - 10));
    expect(meter.at(61_000, 1051)).toBe(1);
  });
});
