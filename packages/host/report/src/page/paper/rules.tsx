import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PaperEffect, PaperModel, PaperRule } from '../../paper-model.js';
import { formatMetric, shareText } from '../../units.js';
import { BarChart } from '../shared/chart/bar-chart.js';
import { Scrolling, Section, Select } from '../shared/controls.js';
import { Legend } from '../shared/legend.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { acceleratorFill } from './charts/colors.js';
import { effectBars, effectsIn, largestEffect, ruleBars, ruleLook, type RuleEffects } from './charts/rule-bars.js';
import { changeText, MEASURES, type Measure } from './format.js';
import { shownOf, type PaperPage } from './state.js';

const BAR_HEIGHT = 20;

/** What each correction changes by itself, as bars and as a table that says what the rule is about. */
export function Rules({ page }: { readonly page: PaperPage }) {
  const { accelerators, rules } = page.model;
  const measure = useSignal<Measure>('energyUj');
  const network = shownOf(page)?.network.id;
  const rows = useMemo(() => effectsIn(rules, network), [network]);
  const bars = effectBars(rows, accelerators, measure.value);
  return (
    <Section id="rules" title="What each correction changes" lead={page.model.leads.rules}>
      <div class="controls">
        <Select
          label="Change of"
          choices={MEASURES}
          chosen={measure.value}
          onChoose={(id) => (measure.value = id === 'cycles' ? 'cycles' : 'energyUj')}
        />
        <Legend entries={accelerators.map(({ title }, at) => [title, acceleratorFill(at)])} />
      </div>
      {bars.length === 0 ? (
        <p class="muted">No rule alone changes this figure of this network.</p>
      ) : (
        <Scrolling>
          <BarChart
            label="Change by rule; the table below lists the values."
            class="effects"
            height={`${bars.length * BAR_HEIGHT + 50}px`}
            data={ruleBars(bars, accelerators, measure.value)}
            look={(colors) => ruleLook(bars, measure.value, colors)}
          />
        </Scrolling>
      )}
      <RuleTable page={page} rows={rows} />
    </Section>
  );
}

function RuleTable({ page, rows }: { readonly page: PaperPage; readonly rows: readonly RuleEffects[] }) {
  const { model, choice } = page;
  const { network } = choice.value;
  const columns = useMemo(() => columnsOf(model, network), [network]);
  return <WideTable columns={columns} rows={rows} />;
}

function columnsOf({ accelerators, runs }: PaperModel, network: number): readonly Column<RuleEffects>[] {
  const published = runs[0]?.figures[network]?.totals ?? {};
  const changes = (title: string, measure: Measure): Column<RuleEffects> => ({
    title,
    numeric: true,
    descendsFirst: true,
    sortBy: ({ effects }) => largestEffect(effects, measure),
    cell: ({ effects }) => (
      <div class="changes">
        {effects.map((effect) => (
          <Change
            key={effect.accelerator}
            title={accelerators.find(({ id }) => id === effect.accelerator)?.title ?? ''}
            effect={effect}
            measure={measure}
            total={published[effect.accelerator]?.[measure] ?? 0}
          />
        ))}
      </div>
    ),
  });
  return [
    { title: 'Rule', sortBy: ({ rule }) => rule.name, cell: ({ rule }) => <code>{rule.name}</code> },
    {
      title: 'Published, corrected, why',
      sortBy: ({ rule }) => rule.published,
      cell: ({ rule }) => <Saying rule={rule} />,
    },
    changes('Cycles', 'cycles'),
    changes('Energy', 'energyUj'),
    {
      title: 'Area',
      numeric: true,
      descendsFirst: true,
      sortBy: ({ rule }) => Math.abs(rule.areaUm2),
      cell: ({ rule }) => (rule.areaUm2 === 0 ? '' : `+${formatMetric('areaUm2', rule.areaUm2)}`),
    },
  ];
}

interface ChangeProps {
  readonly title: string;
  readonly effect: PaperEffect;
  readonly measure: Measure;
  /** Published figure of the whole network. */
  readonly total: number;
}

function Change({ title, effect, measure, total }: ChangeProps) {
  const change = effect[measure];
  if (change === 0) return null;
  return (
    <div>
      <small>{`${title} ${shareText(Math.abs(change) / total)} `}</small>
      {changeText(measure, change)}
    </div>
  );
}

function Saying({ rule: { published, corrected, why } }: { readonly rule: PaperRule }) {
  return (
    <div class="says">
      <p>{published}</p>
      <p>
        <span class="badge good">corrected</span>
        {corrected}
      </p>
      <small>{why}</small>
    </div>
  );
}
