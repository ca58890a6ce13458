import type { PaperModel } from '../../paper-model.js';
import { Frame, startPage } from '../shared/frame.js';
import '../shared/style.css';
import { Blocks } from './blocks.js';
import { Notes, Sources } from './closing.js';
import { Comparisons } from './comparisons.js';
import { Components } from './components.js';
import { Tiles } from './overview.js';
import { Rules } from './rules.js';
import { paperPage, writeChoice, type PaperPage } from './state.js';
import './style.css';
import { Toolbar } from './toolbar.js';
import { Totals } from './totals.js';

function Paper({ page }: { readonly page: PaperPage }) {
  const { model } = page;
  return (
    <Frame
      skipTo={[
        ['totals', 'Whole networks'],
        ['blocks', 'Block by block'],
        ['rules', 'What each correction changes'],
      ]}
      title={model.title}
      description={model.description}
    >
      <Tiles model={model} />
      <Notes notes={model.notes} />
      <Toolbar page={page} />
      <Totals page={page} />
      <Blocks page={page} />
      <Components page={page} />
      <Rules page={page} />
      <Comparisons leads={model.leads} comparisons={model.comparisons} />
      <Sources sources={model.sources} />
    </Frame>
  );
}

startPage((model: PaperModel) => {
  const page = paperPage(model, location.hash);
  const first = page.choice.value;
  page.choice.subscribe((choice) => {
    if (choice !== first) history.replaceState(null, '', writeChoice(model, choice));
  });
  return <Paper page={page} />;
});
