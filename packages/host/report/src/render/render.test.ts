import { describe, expect, it } from 'vitest';
import { fakeRecords, fakeSweep, THREE, withBudgets, withReferences } from '../../testing/fake-records.js';
import { buildReport } from '../build-report.js';
import { recordsSource } from '../points/source.js';
import { renderCsv } from './csv.js';
import { renderHtml } from './html.js';
import { renderJson } from './json.js';
import { renderMarkdown } from './markdown.js';
import { readReport } from '../page/sweep/state/report.js';
import { LAYER_ROW_BUDGET, toPageData } from './page-data.js';
import { renderSvg } from './svg.js';

const HOSTILE = '</script><img src=x onerror="alert(1)">|[x](javascript:y)';
const SMALL = { variants: ['archon/a'], widths: [1], meshes: [8, 16], glbKib: [32, 64], layers: 3 };
const options = { groupBy: 'network' };
const model = buildReport(fakeSweep(options), recordsSource(fakeRecords(options)));
const trained = buildReport(withReferences(fakeSweep(options)), recordsSource(withBudgets(fakeRecords(options))));
const hostile = buildReport(
  { ...fakeSweep(), name: HOSTILE, description: HOSTILE },
  recordsSource(fakeRecords({ variants: [HOSTILE, `=${HOSTILE}`], layers: 3 })),
);

describe('pareto.csv', () => {
  const lines = renderCsv(model).trimEnd().split('\n');

  it('has one row a feasible point and one column a metric and option', () => {
    expect(lines).toHaveLength(1 + model.counts.feasible);
    expect(lines[0]).toBe(
      'pointId,group,rank,onFront,cycles,energyPj,areaUm2,accuracy,edpPjCycles,macs,parameters,utilization,network,network.options.classes,' +
        'network.options.width,accelerator,accelerator.options.dataBits,accelerator.options.glbKib,accelerator.options.mapper,' +
        'accelerator.options.meshX,accelerator.options.meshY',
    );
    expect(lines.filter((line) => line.split(',')[3] === 'true')).toHaveLength(model.counts.front);
  });

  it('quotes, and defuses what a spreadsheet would run', () => {
    const csv = renderCsv(hostile);
    expect(csv).toContain(`"'=${HOSTILE.replaceAll('"', '""')}"`);
    expect(csv).toContain(`"${HOSTILE.replaceAll('"', '""')}"`);
  });
});

describe('pareto.csv in a spreadsheet', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\tx',
    '  =1',
    '\u00a0=1',
    '\u3000=1',
    '\u200b=1',
    '\ufeff=1',
    '\uff1d1+1',
    '\uff0b1',
    '\uff0d1',
    '\uff201',
    ' \uff1d1',
  ])('%j is text', (value) => {
    const csv = renderCsv(buildReport(fakeSweep(), recordsSource(fakeRecords({ variants: [value], layers: 1 }))));
    const cell = `'${value}`;
    expect(csv).toContain(/[\t\n\r]/.test(cell) ? `"${cell}"` : `,${cell},`);
    expect(csv).not.toMatch(new RegExp(`[,"]${value.replace(/[+@()]/g, '\\$&')}`));
  });

  it('and a negative number is a number', () => {
    const records = fakeRecords({ variants: ['archon/a'], layers: 1 });
    const negative = records.map((record) => ({ ...record, metrics: { ...record.metrics, edpPjCycles: -2.5e-7 } }));
    expect(renderCsv(buildReport(fakeSweep(), recordsSource(negative)))).toContain(',-2.5e-7,');
  });

  it('of another language does not split a cell', () => {
    const csv = renderCsv(buildReport(fakeSweep(), recordsSource(fakeRecords({ variants: ['a;=1+1'], layers: 1 }))));
    expect(csv).toContain('"a;=1+1"');
  });
});

describe('summary.json', () => {
  it('holds the documented members and the fronts in full', () => {
    const summary = JSON.parse(renderJson(model)) as Record<string, unknown> & { groups: { front: object[] }[] };
    expect(Object.keys(summary)).toEqual([
      'schemaVersion',
      'complete',
      'name',
      'description',
      'seed',
      'objectives',
      'constraints',
      'groupBy',
      'references',
      'counts',
      'reasons',
      'constraintChecks',
      'metrics',
      'volume',
      'best',
      'options',
      'provenance',
      'columns',
      'groups',
      'failed',
      'excluded',
    ]);
    expect(summary.groups.map(({ front }) => front.length)).toEqual(model.groups.map(({ front }) => front.length));
    expect(Object.keys(summary.groups[0]!.front[0]!)).toEqual([
      'id',
      'label',
      'options',
      'metrics',
      'energyByComponentPj',
      'budgets',
    ]);
  });
});

describe('report.md', () => {
  it('lists every front point, and what failed once', () => {
    const text = renderMarkdown(model);
    for (const id of model.groups.flatMap(({ front }) => front)) expect(text).toContain(`| ${id} |`);
    expect(text).toMatch(
      /\| 2 \| ARCHON\\_NO\\_MAPPING \| layer b3.depthwise: no mapping fits .* \| layer b3.depthwise \|/,
    );
    expect(text).toMatch(/^# mobile-nets-on-dense-arrays$/m);
  });

  it('lists references as such, and what accuracies were trained with', () => {
    const text = renderMarkdown(trained);
    expect(text).toMatch(
      /## References\n\nPublished elsewhere, not measured here.*\n\n.*\n.*\n\| Net, published \| Accuracy \| 99 % \| a paper \|/,
    );
    expect(text).toMatch(/## Training\n[^]*\| train \| short \| 2 \| 64 \| 8 \| procedural \| 16 \| onnx \|/);
    expect(renderMarkdown(model)).not.toMatch(/## (References|Training)/);
  });

  it('escapes markup', () => {
    const text = renderMarkdown(hostile);
    expect(text).not.toContain('<');
    expect(text).toContain('\\[x\\]');
  });
});

describe('a report of some of the points', () => {
  const partial = buildReport(fakeSweep(SMALL), recordsSource(fakeRecords(SMALL)), 648);
  const complete = buildReport(fakeSweep(SMALL), recordsSource(fakeRecords(SMALL)));

  it.each([
    ['summary.json', renderJson, '"complete": false', '"total": 648'],
    ['report.md', renderMarkdown, '**This covers 4 of 648 points of the sweep: 644 are not', '| Points | 4 of 648 |'],
    ['front.svg', renderSvg, '(4 of 648 points)', 'mobile-nets-on-dense-arrays'],
    [
      'report.html',
      renderHtml,
      '<title>mobile-nets-on-dense-arrays, 4 of 648 points · Archon DSE',
      '<noscript>This covers 4 of 648 points',
    ],
  ])('says so in %s, and a whole one does not', (_name, render, ...sentences) => {
    const [some, all] = [render(partial), render(complete)];
    expect(sentences.map((sentence) => some.includes(sentence))).toEqual(sentences.map(() => true));
    expect(all.includes('4 of 648') || all.includes('This covers 4')).toBe(false);
  });
});

describe('a report without a feasible point', () => {
  const constraints = [{ metric: 'cycles', max: 1000 }];
  const records = fakeRecords(SMALL).map((record, i) => ({
    ...record,
    metrics: { ...record.metrics, cycles: 5000 - i },
  }));
  const text = renderMarkdown(buildReport({ ...fakeSweep(SMALL), constraints }, recordsSource(records)));

  it('says why, and what comes nearest', () => {
    expect(text).toContain('No point is feasible: 4 outside the constraint.');
    expect(text).toContain('| Constraint | cycles ≤ 1 k: 0 of 4 points; the lowest is 4.997 k (glbKib 64, meshX 16) |');
  });
});

describe('references', () => {
  it('change no front, no record and no row', () => {
    const without = buildReport(fakeSweep(options), recordsSource(withBudgets(fakeRecords(options))));
    expect(renderJson({ ...trained, references: [] })).toBe(renderJson(without));
    expect(renderCsv(trained)).toBe(renderCsv(without));
    expect(renderSvg(trained)).toBe(renderSvg(without));
  });
});

describe('texts that a terminal would obey', () => {
  const name = 'a\u001b[31m\u202eb';
  const model = buildReport(
    { ...fakeSweep({ groupBy: 'network' }), description: name },
    recordsSource(fakeRecords({ variants: [name], layers: 1 })),
  );

  it.each([
    ['report.md', renderMarkdown, 'a\\\\u001b\\[31m\\\\u202eb'],
    ['front.svg', renderSvg, ''],
    ['summary.json', renderJson, 'a\\u001b[31m'],
  ])('are written out in %s', (_file, render, shown) => {
    const text = render(model);
    expect(text).toContain(shown);
    expect(text).not.toContain('\u001b');
  });
});

describe('front.svg', () => {
  it('draws every feasible point and escapes names', () => {
    const svg = renderSvg(hostile);
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toContain('<img');
    expect(svg).not.toContain('NaN');
  });
});

describe('report.html', () => {
  it('cannot be broken out of by a name, and names its only script by hash', () => {
    const html = renderHtml(hostile);
    expect(html).not.toContain('<img');
    expect(html.match(/<\/script/g)).toHaveLength(2);
    expect(html).toMatch(/content="default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]+=*'; /);
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)[^"'\s]*\.(js|css)/);
  });

  it('stays small: 60 points of 53 layers in well under 1 MB of data before they are packed, all of it in 1 MB', () => {
    const records = fakeRecords({ layers: 53 }).slice(0, 60);
    const report = buildReport(fakeSweep(), recordsSource(records));
    const data = JSON.stringify(toPageData(report)).length;
    expect(data).toBeLessThan(600_000);
    expect(renderHtml(report).length).toBeLessThan(1_000_000);
  });

  it('keeps the layers of the fronts first when the budget ends', () => {
    const widths = Array.from({ length: 20 }, (_, i) => 0.2 + i / 20);
    const report = buildReport(
      fakeSweep({ objectives: THREE }),
      recordsSource(fakeRecords({ objectives: THREE, widths, layers: 50 })),
    );
    const data = toPageData(report);
    const { points } = readReport(data);
    expect(report.points.length * 50).toBeGreaterThan(LAYER_ROW_BUDGET);
    expect(points.filter(({ rank }) => rank === 1).every((point) => point.layers()?.length === 50)).toBe(true);
    const others = points.filter((point) => !point.hasLayers && point.state === 'feasible');
    expect(others.length).toBeGreaterThan(0);
    expect(others.every((point) => Object.keys(point.energyByName()).length > 0)).toBe(true);
    expect(data.layers.rows.length).toBeLessThanOrEqual(LAYER_ROW_BUDGET);
  });

  it('holds each budget once, and of each point which it had', () => {
    const { summary, points } = readReport(toPageData(trained));
    expect(summary.provenance.budgets.map(({ stage, epochs }) => `${stage} ${epochs}`)).toEqual([
      'train 2',
      'prune 3',
      'train 4',
    ]);
    expect(points.map(({ budgets }) => budgets.map(({ epochs }) => epochs))).toEqual(
      trained.points.map((point) =>
        point.state === 'failed' ? [] : point.options['network.options.width'] === 1 ? [4, 3] : [2, 3],
      ),
    );
  });

  it('unpacks to the layers it was given', () => {
    const { details, layers } = toPageData(model);
    const packed = details[0]?.layers?.[0] ?? -1;
    const row = layers.rows[packed] ?? [];
    const layer = model.points[0]?.layers[0];
    expect(layers.strings[row[0] ?? -1]).toBe(layer?.name);
    expect(layers.mappings[row[4] ?? -1]?.map((i) => layers.strings[i]).join(' - ')).toBe(layer?.mapping);
    expect(layers.mappings[row[10] ?? -1]?.map((i) => layers.strings[i]).join(' - ')).toBe(layer?.tiles);
    expect(row.slice(6, 8)).toEqual([layer?.macs, layer?.cycles]);
  });
});
