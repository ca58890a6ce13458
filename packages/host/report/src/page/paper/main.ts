import type { PaperModel } from '../../paper-model.js';
import { mount, pageData, skipLinks } from '../shared/frame.js';
import { Signal } from '../shared/signal.js';
import '../shared/style.css';
import { followScheme } from '../shared/theme.js';
import { blocksSection } from './blocks.js';
import { notesSection, sourcesSection } from './closing.js';
import { componentsSection } from './components.js';
import { comparisonsSection } from './comparisons.js';
import { header, tiles } from './overview.js';
import { rulesSection } from './rules.js';
import { readChoice, writeChoice, type PaperPage } from './state.js';
import './style.css';
import { toolbar } from './toolbar.js';
import { totalsSection } from './totals.js';

function start(): void {
  const model = pageData<PaperModel>();
  const page: PaperPage = { model, choice: new Signal(readChoice(model, location.hash)) };
  followScheme();
  mount(
    skipLinks(['totals', 'Whole networks'], ['blocks', 'Block by block'], ['rules', 'What each correction changes']),
    header(model),
    tiles(model),
    notesSection(model),
    toolbar(page),
    totalsSection(page),
    blocksSection(page),
    componentsSection(page),
    rulesSection(page),
    comparisonsSection(model),
    sourcesSection(model),
  );
  page.choice.onChange((choice) => history.replaceState(null, '', writeChoice(model, choice)));
}

start();
