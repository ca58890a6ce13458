import { announce } from './announce.js';

/** A place in a chart that the arrow keys reach. */
export interface Stop {
  /** What is said there. */
  readonly text: string;
  /** Points at the place, e.g. with its tooltip. */
  readonly show: () => void;
  readonly choose?: () => void;
}

export interface ChartKeys {
  readonly stops: () => readonly Stop[];
  /** Takes back what a stop shows. */
  readonly hide: () => void;
  /** Where the keys start; the first stop unless given. */
  readonly start?: () => number;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/** Keys with these belong to the browser. */
export function hasModifier({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}

/** Lets the keyboard walk over a chart: arrows, Page Up and Down, Home, End; Enter chooses, Escape leaves the place. */
export function listenToKeys(element: HTMLElement, { stops, hide, start = () => 0 }: ChartKeys): void {
  let at: number | undefined;
  const leave = (): void => {
    at = undefined;
    hide();
  };
  const move = (step: number, all: readonly Stop[]): void => {
    const next = at === undefined && Number.isFinite(step) ? start() : (at ?? 0) + step;
    at = Math.min(all.length - 1, Math.max(0, next));
    all[at]?.show();
    announce(`${all[at]?.text ?? ''}; ${at + 1} of ${all.length}`);
  };
  element.addEventListener('keydown', (event) => {
    const all = stops();
    if (hasModifier(event) || all.length === 0) return;
    const step = STEPS[event.key];
    if (step !== undefined) move(step, all);
    else if (event.key === 'Enter' && at !== undefined) all[at]?.choose?.();
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
  });
  element.addEventListener('blur', leave);
}
