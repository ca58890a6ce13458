import { Chart } from '../shared/chart/chart.js';
import { Section } from '../shared/controls.js';
import { drawnSteps, frontText, growthOption, growthTip } from './charts/growth-option.js';
import type { LivePage } from './state/live-page.js';

const LEAD =
  'Share of the space between the best and the reference corner of all points so far that the front dominates, after each point that changed ' +
  'it. A point that moves a corner moves the whole curve, so that all of it is measured alike.';

/** Hypervolume over points evaluated; nothing before a point is feasible. */
export function GrowthSection({ page }: { readonly page: LivePage }) {
  const growth = page.growth.value;
  if (growth === undefined || growth.steps.length === 0) return null;
  const steps = drawnSteps(growth);
  const sentence = (at: number): string => {
    const { title, rows } = growthTip(steps[at] ?? [0, 0]);
    return `${title}, ${rows.flat().join(' ')}`;
  };
  return (
    <Section id="growth" title="How the front grows" lead={LEAD}>
      <Chart
        label="Hypervolume over points evaluated."
        class="growth"
        marks={steps.length}
        option={(colors, _, place) => growthOption(growth, colors, place)}
        tipOf={({ dataIndex }) => {
          const step = steps[dataIndex];
          return step && growthTip(step);
        }}
        places={{
          count: steps.length,
          sentence,
          tipAt: (at) => steps[at] ?? [0, 0],
          start: () => steps.length - 1,
        }}
      />
      <p class="muted small">
        {frontText(growth, page.report.value?.report.summary.groups.length)}
        {!growth.isComplete && ' The rest of the curve is being computed; exact volumes of large fronts take long.'}
      </p>
    </Section>
  );
}
