import * as bundle from '#pages/paper';
import type { PaperModel } from '../paper-model.js';
import { renderDocument } from './document.js';

/** `paper.html`: a reproduced publication as one self-contained page that works offline. */
export function renderPaperHtml(model: PaperModel): string {
  return renderDocument({
    title: model.title,
    noScript:
      'This page draws itself with a script it carries; allow scripts to read it. The same numbers are in paper.json.',
    data: { isPacked: false, value: model },
    bundle,
  });
}
