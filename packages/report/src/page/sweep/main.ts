import type { PageData } from '../../render/page-data.js';
import { originsSection } from './closing.js';
import { detailsPanel } from './details.js';
import { h } from '../shared/dom.js';
import { mount, pageData } from '../shared/frame.js';
import { layersSection } from './layers.js';
import { groupsSection, header, optionsSection, tiles } from './overview.js';
import { excludedSection, noFrontSection } from './off-front.js';
import { parallelSection } from './parallel.js';
import { readReport, type Report } from './report.js';
import { scatterSection } from './scatter.js';
import { Signal } from '../shared/signal.js';
import type { PageState } from './state.js';
import '../shared/style.css';
import './style.css';
import { tableSection } from './table.js';
import { followScheme } from '../shared/theme.js';

/** The point the address names, else the first knee, front point or point. */
function firstChoice({ byId, kneeIds, points }: Report): string {
  const named = decodeURIComponent(location.hash.replace(/^#point=/, ''));
  if (byId.has(named)) return named;
  return [...kneeIds][0] ?? points.find(({ rank }) => rank === 1)?.id ?? points[0]?.id ?? '';
}

function start(): void {
  const report = readReport(pageData<PageData>());
  const state: PageState = {
    selected: new Signal(firstChoice(report)),
    brushed: new Signal<ReadonlySet<string> | undefined>(undefined),
  };
  followScheme();
  const drawn = report.summary.counts.feasible > 0;
  mount(
    header(report),
    tiles(report, state),
    h(
      'div',
      { class: 'split' },
      h(
        'div',
        { class: 'column' },
        drawn ? scatterSection(report, state) : noFrontSection(report, state),
        groupsSection(report),
      ),
      detailsPanel(report, state),
    ),
    layersSection(report, state),
    drawn ? parallelSection(report, state) : undefined,
    tableSection(report, state),
    optionsSection(report),
    excludedSection(report, state),
    originsSection(report),
  );
  state.selected.onChange((id) => history.replaceState(null, '', `#point=${encodeURIComponent(id)}`));
}

start();
