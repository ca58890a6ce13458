import type { PageData } from '../../render/page-data.js';
import { h } from '../shared/dom.js';
import { mount, pageData, skipLinks } from '../shared/frame.js';
import '../shared/style.css';
import { followScheme } from '../shared/theme.js';
import { readAddress } from './address.js';
import { originsSection } from './closing.js';
import { compareSection } from './compare.js';
import { detailsPanel } from './details.js';
import { applyAddress, firstState } from './first-state.js';
import { layersSection } from './layers.js';
import { excludedSection, noFrontSection } from './off-front.js';
import { importanceSection, optionsSection } from './options.js';
import { groupsSection, header, tiles } from './overview.js';
import { parallelAxes } from './parallel-axes.js';
import { parallelSection } from './parallel.js';
import { readReport } from './report.js';
import { scatterSection } from './scatter.js';
import { addressKeeper } from './state.js';
import './style.css';
import { tableSection } from './table.js';

function start(): void {
  const report = readReport(pageData<PageData>());
  const axes = parallelAxes(report);
  const state = firstState(report, axes);
  const keepAddress = addressKeeper(state);
  applyAddress(report, state, axes, readAddress(location.hash));
  keepAddress();
  followScheme();
  const drawn = report.summary.counts.feasible > 0;
  mount(
    skipLinks(
      [drawn ? 'trade-offs' : 'no-front', drawn ? 'Plot' : 'Why there is no plot'],
      ['points', 'Table of points'],
    ),
    header(report),
    tiles(report, state),
    h(
      'div',
      { class: 'split' },
      h(
        'div',
        { class: 'column' },
        ...(drawn
          ? [scatterSection(report, state), groupsSection(report), importanceSection(report)]
          : [noFrontSection(report, state), tableSection(report, state)]),
      ),
      detailsPanel(report, state),
    ),
    compareSection(report, state),
    drawn && axes.length > 1 ? parallelSection(report, state, axes) : undefined,
    drawn ? tableSection(report, state) : undefined,
    layersSection(report, state),
    drawn ? optionsSection(report) : undefined,
    excludedSection(report, state),
    originsSection(report),
  );
  // An address that somebody edits is that of another view.
  window.addEventListener('hashchange', () => location.reload());
}

start();
