import { effect } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { fakeReport } from '../../../../testing/small-report.js';
import { readAddress, writeAddress } from './address.js';
import { BY_GROUP } from './coloring.js';
import { addressOf, isNarrowed, setAxis, setBrush, setFilter, sweepPage, widen } from './sweep-page.js';

const report = fakeReport();
const pageAt = (hash = '') => sweepPage(report, readAddress(hash));

describe('the page of a sweep', () => {
  it('starts at the knee, with nothing narrowed', () => {
    const page = pageAt();
    expect(report.kneeIds.has(page.selected.value)).toBe(true);
    expect(page.chosen.value?.id).toBe(page.selected.value);
    expect(page.kept.value).toEqual([]);
    expect(page.passing.value.count).toBe(report.points.length);
    expect(isNarrowed(page)).toBe(false);
  });

  it('follows what the reader chooses', () => {
    const page = pageAt();
    setFilter(page, 'network.options.width', '< 0.6');
    expect(page.passing.value.count).toBe(32);
    page.frontsOnly.value = true;
    const count = page.passing.value.count;
    expect(count).toBeLessThan(32);
    expect(page.marks.value.sets.filter(({ passing }) => passing).flatMap(({ marks }) => marks)).toHaveLength(count);
    setFilter(page, 'network.options.width', ' ');
    expect([...page.filters.value]).toEqual([]);
    setBrush(page, 'cycles', [0, 1]);
    expect(page.passing.value.count).toBe(0);
    expect(isNarrowed(page)).toBe(true);
    widen(page);
    expect(isNarrowed(page)).toBe(false);
    expect(page.passing.value.count).toBe(report.points.length);
  });

  it('tells those who watch once a change, and only where it matters', () => {
    const page = pageAt();
    const seen: number[] = [];
    effect(() => void seen.push(page.passing.value.count));
    page.selected.value = report.points[5]?.id ?? '';
    setFilter(page, 'network.options.width', '1');
    expect(seen).toEqual([96, 32]);
  });

  it('gives an axis the scale that suits its metric', () => {
    const page = pageAt();
    setAxis(page, 'x', 'edpPjCycles');
    expect(page.view.value).toMatchObject({ x: 'edpPjCycles', logX: true, y: page.first.view.y });
    setAxis(page, 'y', 'areaUm2');
    expect(page.view.value).toMatchObject({ y: 'areaUm2', logY: false, logX: true });
  });

  it('has an address that leads back to it', () => {
    const page = pageAt();
    setAxis(page, 'y', 'areaUm2');
    page.compared.value = report.points[3]?.id ?? '';
    page.colorBy.value = 'metric:cycles';
    setFilter(page, 'energyPj', '< 1 mJ');
    setBrush(page, 'cycles', [1e5, 5e5]);
    const again = pageAt(writeAddress(addressOf(page)));
    expect(addressOf(again)).toEqual(addressOf(page));
    expect(again.passing.value.mask).toEqual(page.passing.value.mask);
    expect(again.coloring.value.key).toBe('metric:cycles');
  });

  it('leaves out of its address what it starts with', () => {
    const { selected } = pageAt();
    expect(writeAddress(addressOf(pageAt()))).toBe(`#point=${selected.value}`);
  });

  it('passes over names that mean nothing in it', () => {
    const page = pageAt('#point=gone&compare=gone&x=gone&color=metric:gone&filter.gone=1&brush.gone=1..2&outside=1');
    const { view, colorBy } = page.first;
    expect(page.view.value).toEqual({ ...view, outside: true });
    expect(page.colorBy.value).toBe(colorBy);
    expect(colorBy).not.toBe(BY_GROUP);
    expect(isNarrowed(page)).toBe(false);
    expect(page.selected.value).toBe(pageAt().selected.value);
  });
});
