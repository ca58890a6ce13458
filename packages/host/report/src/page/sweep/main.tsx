import { partialNotice } from '../../explain.js';
import type { PageData } from '../../render/page-data.js';
import { Frame, startPage } from '../shared/frame.js';
import '../shared/style.css';
import { keepAddress } from './keep-address.js';
import { askedOf, SweepParts } from './parts.js';
import { readAddress } from './state/address.js';
import { readReport } from './state/report.js';
import { sweepPage, type SweepPage } from './state/sweep-page.js';

function Sweep({ page }: { readonly page: SweepPage }) {
  const { report } = page;
  const { name, description, counts } = report.summary;
  const isDrawn = counts.feasible > 0;
  return (
    <Frame
      skipTo={[isDrawn ? ['trade-offs', 'Plot'] : ['no-front', 'Why there is no plot'], ['points', 'Table of points']]}
      title={name}
      description={description}
      chips={askedOf(report)}
      notice={partialNotice(counts)}
    >
      <SweepParts page={page} />
    </Frame>
  );
}

startPage((data: PageData) => {
  const page = sweepPage(readReport(data), readAddress(location.hash));
  keepAddress(page);
  // An address that somebody edits is that of another view.
  window.addEventListener('hashchange', () => location.reload());
  return <Sweep page={page} />;
});
