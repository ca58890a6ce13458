import { signal, type Signal } from '@preact/signals';
import type { PaperFigures, PaperModel, PaperNetwork, PaperRun } from '../../paper-model.js';

/** Network and run the reader chose, as indices into the model. */
export interface Choice {
  readonly network: number;
  readonly run: number;
}

/** The model and what of it is shown. */
export interface PaperPage {
  readonly model: PaperModel;
  readonly choice: Signal<Choice>;
}

/** What the parts of the page draw. */
export interface Shown {
  readonly network: PaperNetwork;
  readonly run: PaperRun;
  readonly figures: PaperFigures;
}

/** A page that shows what its address names. */
export function paperPage(model: PaperModel, hash: string): PaperPage {
  return { model, choice: signal(readChoice(model, hash)) };
}

/** What is chosen; nothing only in a model without networks. */
export function shownOf({ model, choice }: PaperPage): Shown | undefined {
  const network = model.networks[choice.value.network];
  const run = model.runs[choice.value.run];
  const figures = run?.figures[choice.value.network];
  return network === undefined || run === undefined || figures === undefined ? undefined : { network, run, figures };
}

/** The choice the address names, e.g. `#mobilenet-v2.cifar10,corrected`; what it does not name is the first. */
export function readChoice({ networks, runs }: PaperModel, hash: string): Choice {
  const [network, run] = hash.slice(1).split(',');
  const at = (items: readonly { readonly id: string }[], id: string | undefined): number =>
    Math.max(
      0,
      items.findIndex((item) => encodeURIComponent(item.id) === id),
    );
  return { network: at(networks, network), run: at(runs, run) };
}

export function writeChoice({ networks, runs }: PaperModel, { network, run }: Choice): string {
  return `#${encodeURIComponent(networks[network]?.id ?? '')},${encodeURIComponent(runs[run]?.id ?? '')}`;
}
