import { shareText } from '../../units.js';
import { BarChart } from '../shared/chart/bar-chart.js';
import { Section } from '../shared/controls.js';
import { Legend } from '../shared/legend.js';
import { fillOf } from '../shared/patterns.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { partFills } from './charts/colors.js';
import {
  COMPONENT_LOOK,
  componentBars,
  componentsOf,
  largestComponents,
  PART_LOOK,
  partBars,
  type Component,
} from './charts/component-bars.js';
import { energyText } from './format.js';
import { shownOf, type PaperPage } from './state.js';

/** Where the energy of the publication's accelerator goes: by component and phase, and by block. */
export function Components({ page }: { readonly page: PaperPage }) {
  const { accelerators } = page.model;
  const { title = '', parts = [] } = accelerators.at(-1) ?? {};
  const fills = partFills(accelerators, accelerators.length - 1);
  const blocks = (shownOf(page)?.figures.blocks ?? []).filter(({ componentsUj }) => componentsUj !== undefined);
  const components = componentsOf(blocks, parts);
  const largest = largestComponents(components);
  return (
    <Section id="components" title={`Energy of ${title} by component`} lead={page.model.leads.components}>
      <div class="columns">
        <div>
          <h3>By component and phase</h3>
          <Legend entries={fills.slice(0, -1).map((fill, at) => [parts[at] ?? '', fill])} />
          <BarChart
            label="Energy by component, stacked by phase; the table below lists the values."
            class="components"
            data={partBars(components, parts, fills)}
            look={() => PART_LOOK}
          />
        </div>
        <div>
          <h3>By block and component</h3>
          <div>
            <Legend entries={largest.map(({ name }, at) => [name, fillOf(at)])} />
          </div>
          <BarChart
            label="Energy by block, stacked by component; the table below lists the components."
            class="components"
            data={componentBars(largest, blocks)}
            look={() => COMPONENT_LOOK}
          />
        </div>
      </div>
      <details>
        <summary>The values of these bars</summary>
        <WideTable columns={columnsOf(components, parts)} rows={components} />
      </details>
    </Section>
  );
}

function columnsOf(components: readonly Component[], parts: readonly string[]): readonly Column<Component>[] {
  const total = components.reduce((sum, { totalUj }) => sum + totalUj, 0);
  return [
    { title: 'Component', cell: ({ name }) => name },
    ...parts.flatMap((title, at): Column<Component>[] =>
      components.some(({ byPart }) => (byPart[at] ?? 0) > 0)
        ? [{ title, numeric: true, cell: ({ byPart }) => energyText(byPart[at] ?? 0) }]
        : [],
    ),
    { title: 'Total', numeric: true, cell: ({ totalUj }) => energyText(totalUj) },
    { title: 'Share', numeric: true, cell: ({ totalUj }) => shareText(totalUj / total) },
  ];
}
