import type { PaperCost, PaperFigures, PaperModel, PaperNetwork } from '../../paper-model.js';
import { BarChart } from '../shared/chart/bar-chart.js';
import { Scrolling, Section } from '../shared/controls.js';
import { Legend } from '../shared/legend.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { acceleratorFill } from './charts/colors.js';
import { TOTAL_CHARTS, totalBars, totalLook } from './charts/total-bars.js';
import { cyclesText, microjoules, ratio, ratioText } from './format.js';
import { shownOf, type PaperPage } from './state.js';

/** Whole networks: speed-ups and energies against the other accelerators, then all figures. */
export function Totals({ page }: { readonly page: PaperPage }) {
  const { model, choice } = page;
  const subject = model.accelerators.at(-1)?.title ?? '';
  const others = model.accelerators.slice(0, -1);
  const figures = model.runs[choice.value.run]?.figures ?? [];
  const shown = shownOf(page);
  return (
    <Section id="totals" title="Whole networks" lead={model.leads.totals}>
      <Legend entries={others.map(({ title }, at) => [`against ${title}`, acceleratorFill(at)])} />
      <div class="columns">
        {TOTAL_CHARTS.map((chart) => (
          <div key={chart.title}>
            <h3>{`${chart.title} ${subject} (${chart.meaning})`}</h3>
            <Scrolling>
              <BarChart
                label={`${chart.title} ${subject}; the table below lists the values.`}
                class="totals"
                data={totalBars(model, figures, chart)}
                look={(colors) => totalLook(choice.value.network, colors)}
              />
            </Scrolling>
          </div>
        ))}
      </div>
      <WideTable columns={columnsOf(model, figures, choice.value.network)} rows={model.networks} />
      <ul class="rules">
        {shown?.figures.notes.map((note) => (
          <li key={note}>
            <strong>{shown.network.title}</strong>
            {`: ${note}`}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function columnsOf(
  { accelerators }: PaperModel,
  figures: readonly PaperFigures[],
  chosen: number,
): readonly Column<PaperNetwork>[] {
  const subject = accelerators.at(-1)?.id ?? '';
  const others = accelerators.slice(0, -1);
  const totals = (at: number): PaperFigures['totals'] => figures[at]?.totals ?? {};
  return [
    { title: 'Network', cell: (network, at) => <NetworkName network={network} isChosen={at === chosen} /> },
    ...accelerators.flatMap(({ id, title }): Column<PaperNetwork>[] => [
      {
        title: `${title} cycles`,
        numeric: true,
        cell: ({ printed }, at) => (
          <Figure ours={totals(at)[id]} printed={printed[id]} text={(cost) => cyclesText(cost.cycles)} />
        ),
      },
      {
        title: `${title} µJ`,
        numeric: true,
        cell: ({ printed }, at) => (
          <Figure ours={totals(at)[id]} printed={printed[id]} text={(cost) => microjoules(cost.energyUj)} />
        ),
      },
    ]),
    ...others.map(({ id, title }) => ({
      title: `Cycles, ${title.toLowerCase()} / ours`,
      numeric: true,
      cell: (_: PaperNetwork, at: number) => ratioText(ratio(totals(at)[id], totals(at)[subject], 'cycles')),
    })),
    ...others.map(({ id, title }) => ({
      title: `Energy, ours / ${title.toLowerCase()}`,
      numeric: true,
      cell: (_: PaperNetwork, at: number) => ratioText(ratio(totals(at)[subject], totals(at)[id], 'energyUj')),
    })),
  ];
}

function NetworkName({ network, isChosen }: { readonly network: PaperNetwork; readonly isChosen: boolean }) {
  const { title, baseline, caveat } = network;
  return (
    <>
      {isChosen ? <strong>{title}</strong> : title}
      <small>{`beside ${baseline}${caveat === undefined ? '' : `; ${caveat}`}`}</small>
    </>
  );
}

interface FigureProps {
  readonly ours: PaperCost | undefined;
  readonly printed: PaperCost | undefined;
  readonly text: (cost: PaperCost) => string;
}

/** Our figure, above the printed one where that differs. */
function Figure({ ours, printed, text }: FigureProps) {
  const shown = ours === undefined ? '–' : text(ours);
  const theirs = printed === undefined ? shown : text(printed);
  return (
    <>
      {shown}
      {theirs !== shown && <small>{`printed ${theirs}`}</small>}
    </>
  );
}
